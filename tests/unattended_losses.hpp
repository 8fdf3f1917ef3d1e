// For tests of programs whose threads are abandoned, and what they hold is lost.
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEDDLE_TEST_LEAKS
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define HEDDLE_TEST_LEAKS
#endif
#ifdef HEDDLE_TEST_LEAKS
#include <sanitizer/lsan_interface.h>
#endif

namespace heddle {

/** The leak detector looks away while this lives. */
class unattended_losses {
 public:
  unattended_losses() { set(true); }
  unattended_losses(const unattended_losses&) = delete;
  unattended_losses& operator=(const unattended_losses&) = delete;
  ~unattended_losses() { set(false); }

 private:
  static void set([[maybe_unused]] bool looks_away) {
#ifdef HEDDLE_TEST_LEAKS
    looks_away ? __lsan_disable() : __lsan_enable();
#endif
  }
};

}  // namespace heddle
