#include "context.hpp"

#include <cxxabi.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif

#ifdef HEDDLE_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace heddle::sim {

exception_state& live_exception_state() noexcept {
  static constinit thread_local exception_state* of_this_thread = nullptr;
  if (of_this_thread == nullptr) of_this_thread = reinterpret_cast<exception_state*>(abi::__cxa_get_globals());
  return *of_this_thread;
}

struct context::entry_point {
  static void run(boost::context::detail::transfer_t from) {
    // The jump carries the context that was left, which knows whom it was left for.
    context& self = *static_cast<context*>(from.data)->next_;
    self.arrived(from.fctx, from.data);
    self.entry_();
    std::abort();  // an entry never returns
  }
};

void context::prepare(const stack& on, char* top, void (*entry)()) {
  entry_ = entry;
  exceptions_ = {};
  stack_bottom_ = on.bottom();
  stack_size_ = on.size();
  fake_stack_ = nullptr;
  calls_ = boost::context::detail::make_fcontext(top, static_cast<std::size_t>(top - on.bottom()), &entry_point::run);
}

void tools_see_stack([[maybe_unused]] const stack& mapped) noexcept {
#ifdef VALGRIND_STACK_REGISTER
  VALGRIND_STACK_REGISTER(mapped.bottom(), mapped.top());
#endif
}

void tools_forget_frames(const stack& dropped) noexcept { tools_forget_frames(dropped.bottom(), dropped.size()); }

void tools_forget_frames([[maybe_unused]] const void* bottom, [[maybe_unused]] std::size_t size) noexcept {
#ifdef HEDDLE_ADDRESS_SANITIZER
  __asan_unpoison_memory_region(bottom, size);
#endif
}

}  // namespace heddle::sim
