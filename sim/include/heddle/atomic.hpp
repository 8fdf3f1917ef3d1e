// heddle::atomic, with the operations and memory orders of std::atomic.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>

#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle {

namespace sim {

/** The identity of an atomic variable. Its value, which has a type, stands beside it. */
class atomic_state : public object {
 public:
  atomic_state(std::string_view name, source_location where) : object(object_kind::atomic, name, where) {}

  /** Publishes an operation and gives the execution; an order that the standard forbids there is a misuse. */
  simulator& begin(operation_kind kind, memory_orders orders, source_location where) {
    simulator& execution = simulator::current();
    if (!allowed(kind, orders)) [[unlikely]]
      order_not_allowed(kind, where);
    execution.publish(kind, *this, where, orders);
    return execution;
  }

 private:
  /** [atomics.types.operations]: the orders that loads, stores and failing compare-exchanges may have. */
  [[nodiscard]] static constexpr bool allowed(operation_kind kind, memory_orders orders) noexcept {
    constexpr auto releases = [](std::memory_order o) {
      return o == std::memory_order_release || o == std::memory_order_acq_rel;
    };
    switch (kind) {
      case operation_kind::load: return !releases(orders.order);
      case operation_kind::store:
        return orders.order == std::memory_order_relaxed || orders.order == std::memory_order_release ||
               orders.order == std::memory_order_seq_cst;
      default: return !releases(orders.failure);
    }
  }
  void order_not_allowed(operation_kind kind, source_location where) const;
};

/** An atomic variable and its value. */
template <class T>
class atomic_cell final : public atomic_state {
 public:
  atomic_cell(T initial, std::string_view name, source_location where) : atomic_state(name, where), value(initial) {}

  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<atomic_cell>(*this); }

  T value;
};

/** The order of a failed compare-exchange where only one is given ([atomics.types.operations]/23). */
[[nodiscard]] constexpr std::memory_order failure_order_of(std::memory_order order) noexcept {
  if (order == std::memory_order_acq_rel) return std::memory_order_acquire;
  if (order == std::memory_order_release) return std::memory_order_relaxed;
  return order;
}

}  // namespace sim

/**
 * An atomic variable ([atomics.types.generic]) of a trivially copyable type.
 *
 * Every operation is an event. Executions are sequentially consistent; the memory orders stay in the operations, and
 * decide what happens before what, so that data on which a relaxed flag is relied is still found to race. A weak
 * compare-exchange fails spuriously only where the settings allow that fault, as a choice. Compare-exchange compares values without their padding (with clang 14:
 * with it). wait and notify are not there yet. Assignment, conversion, ++ and -- learn their place in the source from
 * debug information, and only while recording.
 */
template <class T>
class atomic {
  static_assert(std::is_trivially_copyable_v<T>, "std::atomic, too, takes trivially copyable types only");
  static constexpr bool counts = (std::integral<T> && !std::same_as<T, bool>) || std::is_pointer_v<T>;
  static constexpr bool adds = counts || std::floating_point<T>;
  static constexpr bool has_bits = std::integral<T> && !std::same_as<T, bool>;

  template <class U>
  static auto difference_of() {
    if constexpr (std::is_pointer_v<U>) {
      return std::ptrdiff_t{};
    } else {
      return U{};
    }
  }

 public:
  using value_type = T;
  using difference_type = decltype(difference_of<T>());
  static constexpr bool is_always_lock_free = true;  // as far as the program under test can tell

  atomic(source_location where = source_location::current()) : atomic(T{}, where) {}  // NOLINT: as in std
  atomic(T desired, source_location where = source_location::current())               // NOLINT: as in std
      : atomic(desired, std::string_view{}, where) {}
  /** `name` is what reports call it. */
  atomic(T desired, std::string_view name, source_location where = source_location::current())
      : cell_(desired, name, where) {}
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;

  [[nodiscard]] bool is_lock_free() const noexcept { return true; }

  [[nodiscard]] T load(std::memory_order order = std::memory_order_seq_cst,
                       source_location where = source_location::current()) const {
    sim::atomic_cell<T>& cell = cell_.here();
    sim::simulator& execution = cell.begin(sim::operation_kind::load, {order, order}, where);
    const T seen = cell.value;
    execution.performed(sim::effect::read, true, [&] { return sim::event_values{sim::show(seen), {}}; });
    return seen;
  }

  void store(T desired, std::memory_order order = std::memory_order_seq_cst,
             source_location where = source_location::current()) {
    sim::atomic_cell<T>& cell = cell_.here();
    sim::simulator& execution = cell.begin(sim::operation_kind::store, {order, order}, where);
    if (same(cell.value, desired)) execution.wrote_nothing_new();
    cell.value = desired;
    execution.performed(sim::effect::write, true, [&] { return sim::event_values{{}, sim::show(desired)}; });
  }

  T exchange(T desired, std::memory_order order = std::memory_order_seq_cst,
             source_location where = source_location::current()) {
    return update(sim::operation_kind::exchange, order, where, [&](T) { return desired; });
  }

  bool compare_exchange_weak(T& expected, T desired, std::memory_order success, std::memory_order failure,
                             source_location where = source_location::current()) {
    return compare_exchange(sim::operation_kind::compare_exchange_weak, expected, desired, success, failure, where);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                             source_location where = source_location::current()) {
    return compare_exchange_weak(expected, desired, order, sim::failure_order_of(order), where);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success, std::memory_order failure,
                               source_location where = source_location::current()) {
    return compare_exchange(sim::operation_kind::compare_exchange_strong, expected, desired, success, failure, where);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                               source_location where = source_location::current()) {
    return compare_exchange_strong(expected, desired, order, sim::failure_order_of(order), where);
  }

  T fetch_add(difference_type operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) requires adds {
    return update(sim::operation_kind::fetch_add, order, where, [&](T old) { return plus(old, operand); });
  }
  T fetch_sub(difference_type operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) requires adds {
    return update(sim::operation_kind::fetch_sub, order, where, [&](T old) { return minus(old, operand); });
  }
  T fetch_and(T operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) requires has_bits {
    return update(sim::operation_kind::fetch_and, order, where, [&](T old) { return static_cast<T>(old & operand); });
  }
  T fetch_or(T operand, std::memory_order order = std::memory_order_seq_cst,
             source_location where = source_location::current()) requires has_bits {
    return update(sim::operation_kind::fetch_or, order, where, [&](T old) { return static_cast<T>(old | operand); });
  }
  T fetch_xor(T operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) requires has_bits {
    return update(sim::operation_kind::fetch_xor, order, where, [&](T old) { return static_cast<T>(old ^ operand); });
  }

  operator T() const { return load(std::memory_order_seq_cst, {}); }  // NOLINT(google-explicit-constructor): as in std
  T operator=(T desired) {  // NOLINT(misc-unconventional-assign-operator): as in std
    store(desired, std::memory_order_seq_cst, {});
    return desired;
  }
  T operator++() requires counts { return plus(fetch_add(1, std::memory_order_seq_cst, {}), 1); }
  T operator--() requires counts { return minus(fetch_sub(1, std::memory_order_seq_cst, {}), 1); }
  T operator++(int) requires counts { return fetch_add(1, std::memory_order_seq_cst, {}); }
  T operator--(int) requires counts { return fetch_sub(1, std::memory_order_seq_cst, {}); }
  T operator+=(located<difference_type> operand) requires adds {
    return plus(fetch_add(operand.value, std::memory_order_seq_cst, operand.where), operand.value);
  }
  T operator-=(located<difference_type> operand) requires adds {
    return minus(fetch_sub(operand.value, std::memory_order_seq_cst, operand.where), operand.value);
  }
  T operator&=(located<T> operand) requires has_bits {
    return static_cast<T>(fetch_and(operand.value, std::memory_order_seq_cst, operand.where) & operand.value);
  }
  T operator|=(located<T> operand) requires has_bits {
    return static_cast<T>(fetch_or(operand.value, std::memory_order_seq_cst, operand.where) | operand.value);
  }
  T operator^=(located<T> operand) requires has_bits {
    return static_cast<T>(fetch_xor(operand.value, std::memory_order_seq_cst, operand.where) ^ operand.value);
  }

 private:
  // Signed arithmetic wraps ([atomics.types.int]/7), so it is done unsigned.
  static T plus(T a, difference_type b) {
    if constexpr (std::integral<T>) {
      using word = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<word>(static_cast<word>(a) + static_cast<word>(b)));
    } else {
      return a + b;
    }
  }
  static T minus(T a, difference_type b) {
    if constexpr (std::integral<T>) {
      using word = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<word>(static_cast<word>(a) - static_cast<word>(b)));
    } else {
      return a - b;
    }
  }

  // Compares value representations: without padding, as far as the compiler can tell us where that is.
  static bool same(T a, T b) {
    if constexpr (std::same_as<T, long double>) {
      return a == b || (a != a && b != b);
    } else {
#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
      __builtin_clear_padding(&a);
      __builtin_clear_padding(&b);
#endif
#endif
      return std::memcmp(&a, &b, sizeof(T)) == 0;
    }
  }

  template <class Function>
  T update(sim::operation_kind kind, std::memory_order order, source_location where, Function next) {
    sim::atomic_cell<T>& cell = cell_.here();
    sim::simulator& execution = cell.begin(kind, {order, sim::failure_order_of(order)}, where);
    const T seen = cell.value;
    cell.value = next(seen);
    if (same(seen, cell.value)) execution.wrote_nothing_new();
    execution.performed(sim::effect::update, true, [&] {
      return sim::event_values{sim::show(seen), sim::show(cell.value)};
    });
    return seen;
  }

  bool compare_exchange(sim::operation_kind kind, T& expected, T desired, std::memory_order success,
                        std::memory_order failure, source_location where) {
    sim::atomic_cell<T>& cell = cell_.here();
    sim::simulator& execution = cell.begin(kind, {success, failure}, where);
    const T seen = cell.value;
    const bool equal = same(seen, expected) && !(kind == sim::operation_kind::compare_exchange_weak &&
                                                 execution.meets(sim::fault_kind::weak_cas));
    if (equal) {
      if (same(seen, desired)) execution.wrote_nothing_new();
      cell.value = desired;
    } else {
      expected = seen;
    }
    execution.performed(equal ? sim::effect::update : sim::effect::read, equal, [&] {
      return sim::event_values{sim::show(seen), equal ? sim::show(desired) : std::string()};
    });
    return equal;
  }

  sim::per_process<sim::atomic_cell<T>> cell_;
};

}  // namespace heddle
