// heddle::process: a program of its own beside the one that started it, with its own copy of the variables.
#pragma once

#include <chrono>
#include <concepts>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <heddle/clock.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/thread.hpp>

namespace heddle {

namespace sim {

/** What other processes see of a process: whether it has ended. */
class process_state final : public object {
 public:
  process_state(std::string_view name, source_location where) : object(object_kind::process, name, where) {}

  void started(thread_id main) noexcept { main_ = main; }
  /** Whether it ended in time. */
  bool wait(std::uint64_t deadline, source_location where);
  [[nodiscard]] process_id number() const noexcept;

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;

 private:
  thread_id main_ = no_thread;
};

}  // namespace sim

/**
 * A process that runs `function` as its main thread, as after fork (POSIX.1-2017, fork).
 *
 * It has its own copy of the variables and locks (`shared`, `atomic`, the mutexes, condition variables, semaphores,
 * latches, barriers and once flags) that its parent could use, as they stood when it was started: what one process
 * writes no other sees, and a mutex that was held then stays locked for ever. Queues and pipes are not copied: they
 * connect processes. So do processes themselves, which any process may wait for. Other objects (futures, stop states,
 * threads) belong to the process that made them; their use by another one is a misuse. Plain C++ variables are shared,
 * also by atomic_ref, since Heddle cannot see them; and what a process uses of its parent's objects must live until it
 * has ended.
 *
 * It ends when its main thread and all its threads that are no daemons have ended. Nobody need wait for it.
 */
class process {
 public:
  process() noexcept = default;
  /** If `function` returns an int, that is the process's exit status; else it is 0. */
  template <class Function>
  requires(std::invocable<std::decay_t<Function>> &&
           !std::same_as<std::remove_cvref_t<Function>, process>) explicit process(Function&& function,
                                                                                   source_location where =
                                                                                       source_location::current()) {
    start({}, std::forward<Function>(function), where);
  }
  /** `name` is what reports call the process and its main thread. */
  template <class Function>
  requires std::invocable<std::decay_t<Function>> process(std::string_view name, Function&& function,
                                                          source_location where = source_location::current()) {
    start(name, std::forward<Function>(function), where);
  }

  /** Whether this object stands for a process. */
  [[nodiscard]] bool valid() const noexcept { return state_ != nullptr; }
  /** Its number in the execution; the program itself is 0. */
  [[nodiscard]] sim::process_id get_id() const noexcept { return state_->number(); }

  /** Blocks until it has ended; its exit status. May be called again. A misuse if this stands for no process. */
  int wait(source_location where = source_location::current()) { return wait_to(sim::no_deadline, where).value_or(0); }
  /** The same, but nothing if it has not ended in time. */
  template <class Rep, class Period>
  std::optional<int> wait_for(const std::chrono::duration<Rep, Period>& duration,
                              source_location where = source_location::current()) {
    return wait_to(sim::deadline_in(duration), where);
  }

 private:
  template <class Function>
  void start(std::string_view name, Function&& function, source_location where) {
    auto main = [function = std::decay_t<Function>(std::forward<Function>(function))]() mutable {
      if constexpr (std::convertible_to<std::invoke_result_t<std::decay_t<Function>&>, int>) {
        sim::simulator::current().set_exit_status(function());
      } else {
        function();
      }
    };
    using task = sim::task<decltype(main)>;
    state_ = std::make_unique<sim::process_state>(name, where);
    auto local = task{{std::move(main)}};
    state_->started(sim::simulator::current().start(task::type, &local, name, where, sim::start_as::process));
  }
  std::optional<int> wait_to(std::uint64_t deadline, source_location where);

  std::unique_ptr<sim::process_state> state_;
};

/** What a thread does to its process. */
namespace this_process {

/** The number of the process: the program itself is 0. */
[[nodiscard]] sim::process_id get_id();

/** Ends the process with this exit status: its threads are cut off wherever they are. */
[[noreturn]] void exit(int status, source_location where = source_location::current());

}  // namespace this_process
}  // namespace heddle
