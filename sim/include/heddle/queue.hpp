// heddle::queue: a first-in first-out channel between threads, bounded or not.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <optional>
#include <string_view>
#include <utility>

#include <heddle/clock.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle {

namespace sim {

/** How many values a queue holds, and how many it may. The values, which have a type, stand beside it. */
class queue_state final : public object {
 public:
  queue_state(std::size_t capacity, std::string_view name, source_location where);
  queue_state(const queue_state&) = delete;

  /** Publishes an operation and gives the execution. */
  simulator& begin(operation_kind kind, source_location where) {
    simulator& execution = owner_of_any_process();
    execution.publish(kind, *this, where);
    return execution;
  }
  /** The same with a deadline: the operation may be performed though it is not enabled. */
  simulator& begin(operation_kind kind, std::uint64_t deadline, source_location where) {
    simulator& execution = owner_of_any_process();
    execution.publish({.kind = kind, .target = this, .deadline = deadline, .where = where});
    return execution;
  }

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] cell_value state() const noexcept override { return {size, capacity}; }

  std::size_t size = 0;
  std::size_t capacity;
};

}  // namespace sim

/**
 * A queue of values. push blocks while it is full, pop while it is empty. As with a queue that is guarded by a mutex,
 * everything that was done before an operation on it happens before what is done after a later operation on it.
 * Timed operations may time out while they would block: at any point where time is free, at their deadline where time
 * is simulated (time_mode).
 */
template <class T>
class queue {
 public:
  using value_type = T;
  static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

  queue(source_location where = source_location::current())  // NOLINT: as in std
      : queue(unbounded, {}, where) {}
  /** Without a bound; `name` is what reports call it. */
  explicit queue(std::string_view name, source_location where = source_location::current())
      : queue(unbounded, name, where) {}
  /** `capacity` must be at least 1, or it is a misuse. */
  explicit queue(std::size_t capacity, source_location where = source_location::current())
      : queue(capacity, {}, where) {}
  /** `name` is what reports call it. */
  queue(std::size_t capacity, std::string_view name, source_location where = source_location::current())
      : state_(capacity, name, where) {}

  [[nodiscard]] std::size_t capacity() const noexcept { return state_.capacity; }

  void push(T value, source_location where = source_location::current()) {
    std::list<T> made = node_of(std::move(value));
    add(state_.begin(sim::operation_kind::push, where), made);
  }

  /** Whether there was room within so much virtual time. */
  template <class Rep, class Period>
  bool push_for(T value, const std::chrono::duration<Rep, Period>& length,
                source_location where = source_location::current()) {
    return push_until_deadline(std::move(value), sim::deadline_in(length), where);
  }
  template <class Clock, class Duration>
  bool push_until(T value, const std::chrono::time_point<Clock, Duration>& deadline,
                  source_location where = source_location::current()) {
    return push_until_deadline(std::move(value), sim::deadline_at(deadline), where);
  }

  /** Whether there was room. */
  bool try_push(T value, source_location where = source_location::current()) {
    std::list<T> made = node_of(std::move(value));
    return add_if_room(state_.begin(sim::operation_kind::try_push, where), made);
  }

  T pop(source_location where = source_location::current()) {
    sim::simulator& execution = state_.begin(sim::operation_kind::pop, where);
    return remove(execution);
  }

  /** The oldest value, if there was one within so much virtual time. */
  template <class Rep, class Period>
  std::optional<T> pop_for(const std::chrono::duration<Rep, Period>& length,
                           source_location where = source_location::current()) {
    return remove_if_any(state_.begin(sim::operation_kind::pop, sim::deadline_in(length), where));
  }
  template <class Clock, class Duration>
  std::optional<T> pop_until(const std::chrono::time_point<Clock, Duration>& deadline,
                             source_location where = source_location::current()) {
    return remove_if_any(state_.begin(sim::operation_kind::pop, sim::deadline_at(deadline), where));
  }

  /** The oldest value, if there is one. */
  std::optional<T> try_pop(source_location where = source_location::current()) {
    return remove_if_any(state_.begin(sim::operation_kind::try_pop, where));
  }

  /** How many values it holds: true now, perhaps no longer when the caller looks at it. */
  [[nodiscard]] std::size_t size(source_location where = source_location::current()) const {
    sim::simulator& execution = state_.begin(sim::operation_kind::size, where);
    const std::size_t seen = state_.size;
    execution.performed(sim::effect::read, true, [&] { return sim::event_values{sim::show(seen), {}}; });
    return seen;
  }
  [[nodiscard]] bool empty(source_location where = source_location::current()) const { return size(where) == 0; }

 private:
  // Values are made and moved out of nodes outside of the operation: their constructors may perform operations too.
  static std::list<T> node_of(T value) {
    std::list<T> made;
    made.push_back(std::move(value));
    return made;
  }

  void add(sim::simulator& execution, std::list<T>& made) {
    values_.splice(values_.end(), made);
    ++state_.size;
    execution.performed(sim::effect::update, true, [&] { return sim::event_values{{}, sim::show(values_.back())}; });
  }

  bool push_until_deadline(T value, std::uint64_t deadline, source_location where) {
    std::list<T> made = node_of(std::move(value));
    return add_if_room(state_.begin(sim::operation_kind::push, deadline, where), made);
  }

  bool add_if_room(sim::simulator& execution, std::list<T>& made) {
    if (state_.size >= state_.capacity || execution.times_out_early()) {
      execution.performed(sim::effect::read, false);
      return false;
    }
    add(execution, made);
    return true;
  }

  std::optional<T> remove_if_any(sim::simulator& execution) {
    if (state_.size == 0 || execution.times_out_early()) {
      execution.performed(sim::effect::read, false);
      return std::nullopt;
    }
    return remove(execution);
  }

  T remove(sim::simulator& execution) {
    // Only in a destructor that runs while the execution is given up: it wants a value that nobody will ever push.
    if (state_.size == 0) [[unlikely]]
      execution.abandon();
    std::list<T> taken;
    taken.splice(taken.end(), values_, values_.begin());
    --state_.size;
    execution.performed(sim::effect::update, true, [&] { return sim::event_values{sim::show(taken.front()), {}}; });
    return std::move(taken.front());
  }

  mutable sim::queue_state state_;
  std::list<T> values_;
};

}  // namespace heddle
