// Writing the repr of nested objects.
#pragma once

#include <string>
#include <string_view>

#include "python/interpreter.hpp"
#include "python/objects.hpp"

namespace heddle::python {

/** Appends to one text; knows the containers that it is within, and asks for the memory that it takes. */
class repr_writer {
 public:
  explicit repr_writer(thread_state& writes) : by(writes) {}

  thread_state& by;
  std::string text;

  void write(value what);
  void write(std::string_view what) { text += what; }

  /** A container: `open`, its items, `close`; or `open...close` if it is being written already. */
  class within {
   public:
    within(repr_writer& to, const heap_object& what);
    within(const within&) = delete;
    within& operator=(const within&) = delete;
    ~within() { to_.innermost_ = outer_; }
    /** Whether the container stands within itself. */
    [[nodiscard]] bool again() const noexcept { return again_; }

   private:
    friend class repr_writer;
    repr_writer& to_;
    const heap_object* what_;
    within* outer_;
    bool again_ = false;
  };

 private:
  void check_size();
  within* innermost_ = nullptr;
  std::size_t charged_ = 4096;
};

}  // namespace heddle::python
