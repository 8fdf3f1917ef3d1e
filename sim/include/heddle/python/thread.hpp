// heddle::python::thread, with the semantics of threading.Thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <heddle/python/event.hpp>
#include <heddle/python/exceptions.hpp>
#include <heddle/thread.hpp>

namespace heddle::python {

/**
 * threading.Thread: it begins with start, and may be joined by several, or by nobody. The process waits for it at its
 * end, unless it is a daemon, which is cut off then. An exception that leaves its target fails the execution, as in any
 * C++ program.
 */
class thread {
 public:
  /** `called` is what reports call it. */
  explicit thread(std::function<void()> target, std::string_view called = {}, bool daemon = false,
                  sim::source_location where = sim::source_location::current())
      : shared_(std::make_shared<state>(called, where)), target_(std::move(target)), name_(called), daemon_(daemon) {}
  virtual ~thread() = default;
  thread(const thread&) = delete;
  thread& operator=(const thread&) = delete;

  /** Throws runtime_error the second time. */
  void start(sim::source_location where = sim::source_location::current());
  /** Waits for its end; throws runtime_error before the start, and in the thread itself. `timeout` in seconds. */
  void join(time_limit timeout = {}, sim::source_location where = sim::source_location::current());
  [[nodiscard]] bool is_alive(sim::source_location where = sim::source_location::current());

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] bool daemon() const noexcept { return daemon_; }

 private:
  /** What outlives the object, as the thread may. */
  struct state {
    state(std::string_view called, sim::source_location where) : ended(called, where) {}
    event ended;
    bool started = false;
    sim::thread_id number = sim::no_thread;
  };

  std::shared_ptr<state> shared_;
  std::function<void()> target_;
  std::string name_;
  bool daemon_;
};

}  // namespace heddle::python
