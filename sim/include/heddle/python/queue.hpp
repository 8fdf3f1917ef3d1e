// heddle::python::queue, lifo_queue and priority_queue, with the semantics of the module queue.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string_view>
#include <utility>

#include <heddle/python/exceptions.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle::python {

/** How many values a queue holds, how many it may, and how many tasks are not done. */
class queue_state final : public sim::object {
 public:
  /** Up to 0 there is no bound. */
  queue_state(std::int64_t most, std::string_view called, sim::source_location where)
      : object(sim::object_kind::queue, called, where),
        bound(most <= 0 ? UINT64_MAX : static_cast<std::uint64_t>(most)) {}
  queue_state(const queue_state&) = delete;

  sim::simulator& begin(sim::operation_kind kind, std::uint64_t deadline, sim::source_location where);
  [[nodiscard]] std::uint64_t read_size(sim::source_location where);
  /** Throws value_error where all are done. */
  void task_done(sim::source_location where);
  /** Blocks until all tasks are done. */
  void join(sim::source_location where);

  [[nodiscard]] bool enabled(const sim::operation& op, sim::thread_id thread) const noexcept override;
  [[nodiscard]] sim::cell_value state() const noexcept override { return {size + tasks * sim::one_task, bound}; }

  std::uint64_t size = 0;
  std::uint64_t bound;
  std::uint64_t tasks = 0;
};

/** Which value a queue gives next: an iterator to it. */
struct oldest_first {
  template <class T>
  static auto next(std::list<T>& values) {
    return values.begin();
  }
};
struct newest_first {
  template <class T>
  static auto next(std::list<T>& values) {
    return std::prev(values.end());
  }
};
/** The oldest of equal ones. */
struct least_first {
  template <class T>
  static auto next(std::list<T>& values) {
    return std::min_element(values.begin(), values.end());
  }
};

/**
 * queue.Queue and its kin. put waits while the queue is full, get while it is empty; each is one operation, and
 * everything before one happens before what comes after a later one.
 */
template <class T, class Order>
class basic_queue {
 public:
  using value_type = T;

  /** A maximal size up to 0 is none. `called` is what reports call it. */
  explicit basic_queue(std::int64_t maxsize = 0, std::string_view called = {},
                       sim::source_location where = sim::source_location::current())
      : state_(maxsize, called, where) {}

  /** Throws full where there is no room, or none in time; `timeout` in seconds, negative: value_error. */
  void put(T value, bool block = true, time_limit timeout = {},
           sim::source_location where = sim::source_location::current()) {
    const bool done =
        block ? put_until(std::move(value), deadline_for(timeout), where) : try_put(std::move(value), where);
    if (!done) throw full();
  }
  void put_nowait(T value, sim::source_location where = sim::source_location::current()) {
    put(std::move(value), false, {}, where);
  }
  /** Throws empty where there is no value, or none in time. */
  T get(bool block = true, time_limit timeout = {}, sim::source_location where = sim::source_location::current()) {
    std::optional<T> found = block ? get_until(deadline_for(timeout), where) : try_get(where);
    if (!found) throw empty();
    return std::move(*found);
  }
  T get_nowait(sim::source_location where = sim::source_location::current()) { return get(false, {}, where); }

  /** Of a value that was got: what it was for is done. Throws value_error where there are no more to be done. */
  void task_done(sim::source_location where = sim::source_location::current()) { state_.task_done(where); }
  /** Blocks until all that was put is done. */
  void join(sim::source_location where = sim::source_location::current()) { state_.join(where); }

  [[nodiscard]] std::uint64_t qsize(sim::source_location where = sim::source_location::current()) {
    return state_.read_size(where);
  }
  [[nodiscard]] bool is_empty(sim::source_location where = sim::source_location::current()) {
    return qsize(where) == 0;
  }
  [[nodiscard]] bool is_full(sim::source_location where = sim::source_location::current()) {
    return qsize(where) >= state_.bound;
  }

  // ---- what put and get are made of: attempts, and waits up to a deadline

  bool try_put(T value, sim::source_location where) {
    return add(std::move(value), sim::operation_kind::try_push, sim::no_deadline, where);
  }
  bool put_until(T value, std::uint64_t deadline, sim::source_location where) {
    return add(std::move(value), sim::operation_kind::push, deadline, where);
  }
  std::optional<T> try_get(sim::source_location where) {
    return remove(sim::operation_kind::try_pop, sim::no_deadline, where);
  }
  std::optional<T> get_until(std::uint64_t deadline, sim::source_location where) {
    return remove(sim::operation_kind::pop, deadline, where);
  }

 private:
  static std::uint64_t deadline_for(time_limit timeout) {
    if (timeout && *timeout < 0) throw value_error("'timeout' must be a non-negative number");
    return deadline_of(timeout);
  }

  // Values are made and moved out of nodes outside of the operation: their constructors may perform operations too.
  bool add(T value, sim::operation_kind kind, std::uint64_t deadline, sim::source_location where) {
    std::list<T> made;
    made.push_back(std::move(value));
    sim::simulator& execution = state_.begin(kind, deadline, where);
    if (state_.size >= state_.bound || execution.times_out_early()) {
      execution.performed(sim::effect::read, false);
      return false;
    }
    values_.splice(values_.end(), made);
    ++state_.size;
    ++state_.tasks;
    execution.performed(sim::effect::update, true, [&] { return sim::event_values{{}, sim::show(values_.back())}; });
    return true;
  }

  std::optional<T> remove(sim::operation_kind kind, std::uint64_t deadline, sim::source_location where) {
    sim::simulator& execution = state_.begin(kind, deadline, where);
    // Only in a destructor that runs while the execution is given up: nobody will ever put what it waits for.
    if (state_.size == 0 && kind == sim::operation_kind::pop && deadline == sim::no_deadline) [[unlikely]]
      execution.abandon();
    if (state_.size == 0 || execution.times_out_early()) {
      execution.performed(sim::effect::read, false);
      return std::nullopt;
    }
    std::list<T> taken;
    taken.splice(taken.end(), values_, Order::next(values_));
    --state_.size;
    execution.performed(sim::effect::update, true, [&] { return sim::event_values{sim::show(taken.front()), {}}; });
    return std::move(taken.front());
  }

  queue_state state_;
  std::list<T> values_;
};

/** queue.Queue. */
template <class T>
using queue = basic_queue<T, oldest_first>;
/** queue.LifoQueue: a stack. */
template <class T>
using lifo_queue = basic_queue<T, newest_first>;
/** queue.PriorityQueue: the least value by operator<. */
template <class T>
using priority_queue = basic_queue<T, least_first>;

}  // namespace heddle::python
