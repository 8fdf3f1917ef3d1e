// heddle::daemon_thread: a thread that its process does not wait for.
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include <heddle/thread.hpp>

namespace heddle {

/**
 * A thread that does not keep its process alive, like a thread with `daemon=True` in Python.
 *
 * A process ends when its main thread and all its threads that are no daemons have ended. Its daemons are cut off then,
 * wherever they are: they do nothing more, and their destructors run when the execution is over. A daemon need not be
 * joined: where its object is destroyed, it runs on by itself. What it uses has to live as long as it does, as in
 * any C++ program: local variables of the main thread are gone before the daemons are cut off, so hold what both
 * use by std::shared_ptr.
 */
class daemon_thread : public thread {
 public:
  daemon_thread() noexcept = default;

  template <class Function>
  requires(std::invocable<std::decay_t<Function>> &&
           !std::same_as<std::remove_cvref_t<Function>,
                         daemon_thread>) explicit daemon_thread(Function&& function,
                                                                source_location where = source_location::current()) {
    start_as(sim::start_as::daemon, {}, where, std::forward<Function>(function));
  }
  /** `name` is what reports call the thread. */
  template <class Function>
  requires std::invocable<std::decay_t<Function>> daemon_thread(std::string_view name, Function&& function,
                                                                source_location where = source_location::current()) {
    start_as(sim::start_as::daemon, name, where, std::forward<Function>(function));
  }

  daemon_thread(daemon_thread&& other) noexcept = default;
  daemon_thread& operator=(daemon_thread&& other) noexcept {
    forget();
    thread::operator=(std::move(other));
    return *this;
  }
  ~daemon_thread() { forget(); }
};

}  // namespace heddle
