// heddle::shared: a plain variable that threads share, whose accesses Heddle sees.
#pragma once

#include <string_view>
#include <utility>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle {

namespace sim {

/** The identity of a shared variable. Its value, which has a type, stands beside it. */
class shared_state final : public object {
 public:
  shared_state(std::string_view name, source_location where) : object(object_kind::shared, name, where) {}

  /** Publishes an operation and gives the execution. */
  simulator& begin(operation_kind kind, source_location where) {
    simulator& execution = owner();
    execution.publish(kind, *this, where);
    return execution;
  }
};

}  // namespace sim

/**
 * A plain variable, such as an `int`, that several threads use.
 *
 * Its reads and writes are events. Two of them by different threads, at least one a write, that nothing orders
 * (no happens-before, [intro.races]) are a *data race* and fail the execution. Where races are let pass, their effect
 * is seen: `counter += 1` is a read and then a write, and another thread may come in between.
 */
template <class T>
class shared {
 public:
  using value_type = T;

  shared(source_location where = source_location::current())  // NOLINT: as in std
      : shared(T{}, std::string_view{}, where) {}
  explicit shared(T initial, source_location where = source_location::current())
      : shared(std::move(initial), std::string_view{}, where) {}
  /** `name` is what reports call it. */
  shared(T initial, std::string_view name, source_location where = source_location::current())
      : state_(name, where), value_(std::move(initial)) {}
  shared(const shared&) = delete;
  shared& operator=(const shared&) = delete;

  [[nodiscard]] T load(source_location where = source_location::current()) const {
    sim::simulator& execution = state_.begin(sim::operation_kind::read, where);
    T seen = value_;
    execution.performed(sim::effect::read, true, [&] { return sim::event_values{sim::show(seen), {}}; });
    return seen;
  }

  void store(T desired, source_location where = source_location::current()) {
    sim::simulator& execution = state_.begin(sim::operation_kind::write, where);
    value_ = std::move(desired);
    execution.performed(sim::effect::write, true, [&] { return sim::event_values{{}, sim::show(value_)}; });
  }

  operator T() const { return load(source_location{}); }  // NOLINT(google-explicit-constructor): stands in for a T
  shared& operator=(located<T> desired) {  // NOLINT(misc-unconventional-assign-operator): takes the place along
    store(std::move(desired.value), desired.where);
    return *this;
  }
  shared& operator+=(located<T> operand) {
    store(load(operand.where) + operand.value, operand.where);
    return *this;
  }
  shared& operator-=(located<T> operand) {
    store(load(operand.where) - operand.value, operand.where);
    return *this;
  }
  shared& operator++() {
    return step([](T& value) { ++value; });
  }
  shared& operator--() {
    return step([](T& value) { --value; });
  }

 private:
  template <class Function>
  shared& step(Function apply) {
    T value = load(source_location{});
    apply(value);
    store(std::move(value), source_location{});
    return *this;
  }

  mutable sim::shared_state state_;
  T value_;
};

}  // namespace heddle
