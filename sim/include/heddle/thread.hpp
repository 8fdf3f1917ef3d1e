// heddle::thread and heddle::this_thread, with the semantics of their std namesakes.
#pragma once

#include <chrono>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <new>
#include <ostream>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <heddle/clock.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** A thread's function with its arguments, as std::thread copies them ([thread.thread.constr]). */
template <class Function, class... Args>
struct task {
  std::tuple<std::decay_t<Function>, std::decay_t<Args>...> parts;

  static void move(void* from, void* to) { ::new (to) task(std::move(*static_cast<task*>(from))); }

  static void run(void* place) {
    struct destroy_at_end {
      task& it;
      ~destroy_at_end() { it.~task(); }
    };
    const destroy_at_end guard{*static_cast<task*>(place)};
    std::apply([](auto&&... part) { std::invoke(std::move(part)...); }, std::move(guard.it.parts));
  }

  static void drop(void* place) { static_cast<task*>(place)->~task(); }

  static constexpr task_type type{sizeof(task), alignof(task), &task::move, &task::run, &task::drop};
};

}  // namespace sim

/**
 * A thread of the program under test ([thread.thread.class]).
 *
 * Reports call it by the name it was given, or by its creation path (main/1). A joinable thread that is destroyed is
 * a misuse. A process ends when its main thread and all others have ended, detached ones included; only daemons are
 * not waited for. Threads are no daemons, unless they are told to be: `daemon_thread`.
 */
class thread {
 public:
  /** Identifies a thread of the present execution; compares in order of creation. */
  class id {
   public:
    id() noexcept = default;
    explicit id(sim::thread_id number) noexcept : number_(number) {}
    friend auto operator<=>(const id&, const id&) noexcept = default;
    [[nodiscard]] sim::thread_id number() const noexcept { return number_; }
    /** Its number; what it is where it stands for no thread is as in libstdc++. */
    template <class Char, class Traits>
    friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out, id of) {
      if (of == id()) return out << "thread::id of a non-executing thread";
      return out << of.number_;
    }

   private:
    sim::thread_id number_ = sim::no_thread;
  };

  thread() noexcept = default;

  template <class Function>
  requires(std::invocable<std::decay_t<Function>> &&
           !std::same_as<std::remove_cvref_t<Function>, thread>) explicit thread(Function&& function,
                                                                                 source_location where =
                                                                                     source_location::current()) {
    start({}, where, std::forward<Function>(function));
  }
  /** `name` is what reports call the thread. */
  template <class Function>
  requires std::invocable<std::decay_t<Function>> thread(std::string_view name, Function&& function,
                                                         source_location where = source_location::current()) {
    start(name, where, std::forward<Function>(function));
  }
  /** Arguments are copied, as by std::thread; the place in the source comes from debug information. */
  template <class Function, class Arg, class... Args>
  requires std::invocable<std::decay_t<Function>, std::decay_t<Arg>, std::decay_t<Args>...>
  explicit thread(Function&& function, Arg&& arg, Args&&... args) {
    start({}, {}, std::forward<Function>(function), std::forward<Arg>(arg), std::forward<Args>(args)...);
  }
  template <class Function, class Arg, class... Args>
  requires std::invocable<std::decay_t<Function>, std::decay_t<Arg>, std::decay_t<Args>...> thread(
      std::string_view name, Function&& function, Arg&& arg, Args&&... args) {
    start(name, {}, std::forward<Function>(function), std::forward<Arg>(arg), std::forward<Args>(args)...);
  }

  thread(thread&& other) noexcept : id_(std::exchange(other.id_, sim::no_thread)), execution_(other.execution_) {}
  /** A misuse if this thread is joinable. */
  thread& operator=(thread&& other) noexcept;
  ~thread() {
    if (joinable()) [[unlikely]]
      must_not_be_joinable();
  }

  [[nodiscard]] bool joinable() const noexcept { return id_ != sim::no_thread; }
  [[nodiscard]] id get_id() const noexcept { return id(id_); }
  /** Blocks until the thread has ended. A misuse if it is not joinable; a thread that joins itself is a deadlock. */
  void join(source_location where = source_location::current()) {
    if (!joinable()) [[unlikely]]
      return not_joinable(where);
    sim::simulator& execution = sim::simulator::current();
    if (execution.serial() != execution_) [[unlikely]]
      return left_over(where);
    execution.join(id_, where);
    id_ = sim::no_thread;
  }
  /** Lets the thread run on by itself. A misuse if it is not joinable. */
  void detach(source_location where = source_location::current());
  void swap(thread& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(execution_, other.execution_);
  }

  /** What a simulated machine has: as many as the program likes to start, so a fixed 2. */
  [[nodiscard]] static unsigned int hardware_concurrency() noexcept { return 2; }

 protected:
  template <class... Parts>
  void start(std::string_view name, source_location where, Parts&&... parts) {
    start_as(sim::start_as::thread, name, where, std::forward<Parts>(parts)...);
  }
  template <class... Parts>
  void start_as(sim::start_as as, std::string_view name, source_location where, Parts&&... parts) {
    using task = sim::task<Parts...>;
    task local{{std::forward<Parts>(parts)...}};
    sim::simulator& execution = sim::simulator::current();
    id_ = execution.start(task::type, &local, name, where, as);
    execution_ = execution.serial();
  }
  /** Lets the thread go without a word. */
  void forget() noexcept { id_ = sim::no_thread; }

 private:
  static void not_joinable(source_location where);
  void must_not_be_joinable() noexcept;

  void left_over(source_location where);

  sim::thread_id id_ = sim::no_thread;
  std::uint64_t execution_ = 0;  // the one that it belongs to
};

/** What a thread does to itself ([thread.thread.this]). Time is virtual: nothing here takes any. */
namespace this_thread {

[[nodiscard]] thread::id get_id();

/**
 * Lets other threads move. A thread that comes back to the same yield, though no other thread has written anything
 * since it was there, waits until one has, if any can: so a loop that yields is never explored round and round.
 */
void yield(source_location where = source_location::current());

/** Sleeps to a time of the virtual clock, in nanoseconds since the execution began. */
void sleep_to(std::uint64_t deadline, source_location where);

/** Sleeps on the virtual clock; negative durations count as none. sim::time_mode says when it may go on. */
template <class Rep, class Period>
void sleep_for(const std::chrono::duration<Rep, Period>& duration, source_location where = source_location::current()) {
  sleep_to(sim::deadline_in(duration), where);
}

/** The same to a time of heddle::steady_clock or system_clock. */
template <class Clock, class Duration>
void sleep_until(const std::chrono::time_point<Clock, Duration>& point,
                 source_location where = source_location::current()) {
  sleep_to(sim::deadline_at(point), where);
}

}  // namespace this_thread
}  // namespace heddle

template <>
struct std::hash<heddle::thread::id> {
  [[nodiscard]] std::size_t operator()(const heddle::thread::id& of) const noexcept {
    return std::hash<heddle::sim::thread_id>()(of.number());
  }
};
