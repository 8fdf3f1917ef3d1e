// heddle::shared: a plain variable that threads share, whose accesses Heddle sees.
#pragma once

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle {

namespace sim {

/** A shared variable and its value. */
template <class T>
class shared_state final : public object {
 public:
  shared_state(T initial, std::string_view name, source_location where)
      : object(object_kind::shared, name, where), value(std::move(initial)) {}

  /** Publishes an operation and gives the execution. */
  simulator& begin(operation_kind kind, source_location where) {
    simulator& execution = simulator::of_object();
    execution.publish(kind, *this, where);
    return execution;
  }

  [[nodiscard]] std::unique_ptr<object> copy() const override {
    if constexpr (std::is_copy_constructible_v<T>) {
      return std::make_unique<shared_state>(*this);
    } else {
      return nullptr;
    }
  }

  T value;
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
      : state_(std::move(initial), name, where) {}
  shared(const shared&) = delete;
  shared& operator=(const shared&) = delete;

  [[nodiscard]] T load(source_location where = source_location::current()) const {
    sim::shared_state<T>& state = state_.here();
    sim::simulator& execution = state.begin(sim::operation_kind::read, where);
    T seen = state.value;
    execution.performed(sim::effect::read, true, [&] { return sim::event_values{sim::show(seen), {}}; });
    return seen;
  }

  void store(T desired, source_location where = source_location::current()) {
    sim::shared_state<T>& state = state_.here();
    sim::simulator& execution = state.begin(sim::operation_kind::write, where);
    state.value = std::move(desired);
    execution.performed(sim::effect::write, true, [&] { return sim::event_values{{}, sim::show(state.value)}; });
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
  T operator++(int) {
    T before = load(source_location{});
    T value = before;
    ++value;
    store(std::move(value), source_location{});
    return before;
  }
  T operator--(int) {
    T before = load(source_location{});
    T value = before;
    --value;
    store(std::move(value), source_location{});
    return before;
  }

 private:
  template <class Function>
  shared& step(Function apply) {
    T value = load(source_location{});
    apply(value);
    store(std::move(value), source_location{});
    return *this;
  }

  sim::per_process<sim::shared_state<T>> state_;
};

}  // namespace heddle
