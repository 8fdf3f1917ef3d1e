// The operations of std::atomic and std::atomic_ref, once for both.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <string>
#include <type_traits>

#include <heddle/sim/atomic_state.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle::sim {

/** The order of a failed compare-exchange where only one is given ([atomics.types.operations]/23). */
[[nodiscard]] constexpr std::memory_order failure_order_of(std::memory_order order) noexcept {
  if (order == std::memory_order_acq_rel) return std::memory_order_acquire;
  if (order == std::memory_order_release) return std::memory_order_relaxed;
  return order;
}

/** Where an atomic variable is: its state, and its value, which may stand elsewhere. */
template <class T>
struct atomic_place {
  atomic_state& state;
  T& value;
};

/**
 * The operations on an atomic variable of a trivially copyable type, for a class `Self` that has `place()`.
 *
 * All are const, as those of std::atomic_ref are. Assignment, conversion, ++ and -- learn their place in the source
 * from debug information, and only while recording.
 */
template <class Self, class T>
class atomic_operations {
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

  [[nodiscard]] bool is_lock_free() const noexcept { return true; }

  [[nodiscard]] T load(std::memory_order order = std::memory_order_seq_cst,
                       source_location where = source_location::current()) const {
    const atomic_place<T> at = self().place();
    simulator& execution = at.state.begin(operation_kind::load, {order, order}, where);
    const T seen = at.value;
    execution.performed(effect::read, true, [&] { return event_values{show(seen), {}}; });
    return seen;
  }

  void store(T desired, std::memory_order order = std::memory_order_seq_cst,
             source_location where = source_location::current()) const {
    const atomic_place<T> at = self().place();
    const auto makes = making([&](T, T& next) {
      next = desired;
      return true;
    });
    simulator& execution = at.state.begin(operation_kind::store, {order, order}, where, makes.for_engine());
    if (same(at.value, desired)) execution.wrote_nothing_new();
    at.value = desired;
    at.state.modified();
    execution.performed(effect::write, true, [&] { return event_values{{}, show(desired)}; });
  }

  T exchange(T desired, std::memory_order order = std::memory_order_seq_cst,
             source_location where = source_location::current()) const {
    return update(operation_kind::exchange, order, where, [&](T) { return desired; });
  }

  bool compare_exchange_weak(T& expected, T desired, std::memory_order success, std::memory_order failure,
                             source_location where = source_location::current()) const {
    return compare_exchange(operation_kind::compare_exchange_weak, expected, desired, success, failure, where);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                             source_location where = source_location::current()) const {
    return compare_exchange_weak(expected, desired, order, failure_order_of(order), where);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success, std::memory_order failure,
                               source_location where = source_location::current()) const {
    return compare_exchange(operation_kind::compare_exchange_strong, expected, desired, success, failure, where);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                               source_location where = source_location::current()) const {
    return compare_exchange_strong(expected, desired, order, failure_order_of(order), where);
  }

  /**
   * Blocks until `holds(value)` is true of the value, and returns that: a loop of loads that an exploration need not
   * run. Only for types of up to 16 bytes. `holds` must depend on nothing but its argument and what the thread knows.
   */
  template <class Predicate>
  T await(Predicate holds, std::memory_order order = std::memory_order_seq_cst,
          source_location where = source_location::current()) const {
    static_assert(sizeof(T) <= sizeof(cell_value), "await is for values of up to 16 bytes");
    const atomic_place<T> at = self().place();
    const auto lets_go_on = making([&](T seen, T& next) {
      next = seen;
      return static_cast<bool>(holds(seen));
    });
    simulator& execution = at.state.begin(operation_kind::await, {order, order}, where, &lets_go_on);
    const T seen = at.value;
    execution.performed(effect::read, true, [&] { return event_values{show(seen), {}}; });
    return seen;
  }

  /**
   * Blocks until the value is another one than `old` ([atomics.wait]): reads it, and again after each notification.
   *
   * The events are a `wait`, which reads, and as many `wake`, which read again, as it takes. Notifications that come
   * while nobody waits, or before the value is changed, wake nobody: a store without its notify is found as a lost
   * wake-up. (Real ones may wake a waiter for no reason; this one does only where the settings allow that fault.)
   */
  void wait(T old, std::memory_order order = std::memory_order_seq_cst,
            source_location where = source_location::current()) const {
    const atomic_place<T> at = self().place();
    simulator& execution = at.state.begin(operation_kind::wait, {order, order}, where);
    if (execution.giving_up()) return;
    atomic_waiter waiter(at.state, execution.running());
    for (;;) {
      const T seen = at.value;
      const bool differs = !same(seen, old);
      execution.performed(effect::read, differs, [&] { return event_values{show(seen), {}}; });
      if (differs || !waiter.sleep({order, order}, where)) return;
    }
  }
  /** Wakes one of those who wait, and blocked before the latest modification; which one is a choice. */
  void notify_one(source_location where = source_location::current()) const { self().place().state.notify_one(where); }
  /** Wakes all of them. */
  void notify_all(source_location where = source_location::current()) const { self().place().state.notify_all(where); }

  T fetch_add(difference_type operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) const requires adds {
    return update(operation_kind::fetch_add, order, where, [&](T old) { return plus(old, operand); });
  }
  T fetch_sub(difference_type operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) const requires adds {
    return update(operation_kind::fetch_sub, order, where, [&](T old) { return minus(old, operand); });
  }
  T fetch_and(T operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) const requires has_bits {
    return update(operation_kind::fetch_and, order, where, [&](T old) { return static_cast<T>(old & operand); });
  }
  T fetch_or(T operand, std::memory_order order = std::memory_order_seq_cst,
             source_location where = source_location::current()) const requires has_bits {
    return update(operation_kind::fetch_or, order, where, [&](T old) { return static_cast<T>(old | operand); });
  }
  T fetch_xor(T operand, std::memory_order order = std::memory_order_seq_cst,
              source_location where = source_location::current()) const requires has_bits {
    return update(operation_kind::fetch_xor, order, where, [&](T old) { return static_cast<T>(old ^ operand); });
  }

  operator T() const { return load(std::memory_order_seq_cst, {}); }  // NOLINT(google-explicit-constructor): as in std
  T operator++() const requires counts { return plus(fetch_add(1, std::memory_order_seq_cst, {}), 1); }
  T operator--() const requires counts { return minus(fetch_sub(1, std::memory_order_seq_cst, {}), 1); }
  T operator++(int) const requires counts { return fetch_add(1, std::memory_order_seq_cst, {}); }
  T operator--(int) const requires counts { return fetch_sub(1, std::memory_order_seq_cst, {}); }
  T operator+=(located<difference_type> operand) const requires adds {
    return plus(fetch_add(operand.value, std::memory_order_seq_cst, operand.where), operand.value);
  }
  T operator-=(located<difference_type> operand) const requires adds {
    return minus(fetch_sub(operand.value, std::memory_order_seq_cst, operand.where), operand.value);
  }
  T operator&=(located<T> operand) const requires has_bits {
    return static_cast<T>(fetch_and(operand.value, std::memory_order_seq_cst, operand.where) & operand.value);
  }
  T operator|=(located<T> operand) const requires has_bits {
    return static_cast<T>(fetch_or(operand.value, std::memory_order_seq_cst, operand.where) | operand.value);
  }
  T operator^=(located<T> operand) const requires has_bits {
    return static_cast<T>(fetch_xor(operand.value, std::memory_order_seq_cst, operand.where) ^ operand.value);
  }

 protected:
  atomic_operations() noexcept = default;
  atomic_operations(const atomic_operations&) noexcept = default;
  atomic_operations& operator=(const atomic_operations&) = delete;
  ~atomic_operations() = default;

 private:
  [[nodiscard]] const Self& self() const noexcept { return static_cast<const Self&>(*this); }

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

  // A value_function around `call`, which has (T seen, T& next) and says whether it changes the value.
  template <class Function>
  struct maker : value_function {
    explicit maker(Function does) : value_function{&maker::apply_to_cell}, call(does) {}
    [[nodiscard]] const value_function* for_engine() const noexcept {
      return sizeof(T) <= sizeof(cell_value) ? this : nullptr;
    }
    static bool apply_to_cell(const value_function& self, const cell_value& seen, cell_value& next) {
      if constexpr (sizeof(T) <= sizeof(cell_value)) {
        T value = from_cell<T>(seen);
        T made = value;
        const bool changes = static_cast<const maker&>(self).call(value, made);
        next = to_cell(made);
        return changes;
      } else {
        return false;
      }
    }
    Function call;
  };
  template <class Function>
  static maker<Function> making(Function call) {
    return maker<Function>(call);
  }

  template <class Function>
  T update(operation_kind kind, std::memory_order order, source_location where, Function next) const {
    const atomic_place<T> at = self().place();
    const auto makes = making([&](T seen, T& made) {
      made = next(seen);
      return !same(seen, made);
    });
    simulator& execution = at.state.begin(kind, {order, failure_order_of(order)}, where, makes.for_engine());
    const T seen = at.value;
    at.value = next(seen);
    at.state.modified();
    if (same(seen, at.value)) execution.wrote_nothing_new();
    execution.performed(effect::update, true, [&] { return event_values{show(seen), show(at.value)}; });
    return seen;
  }

  bool compare_exchange(operation_kind kind, T& expected, T desired, std::memory_order success,
                        std::memory_order failure, source_location where) const {
    const atomic_place<T> at = self().place();
    const auto makes = making([&](T seen, T& made) {
      made = desired;
      return same(seen, expected) && !same(seen, made);
    });
    simulator& execution = at.state.begin(kind, {success, failure}, where, makes.for_engine());
    const T seen = at.value;
    const bool equal = same(seen, expected) &&
                       !(kind == operation_kind::compare_exchange_weak && execution.meets(fault_kind::weak_cas));
    if (equal) {
      if (same(seen, desired)) execution.wrote_nothing_new();
      at.value = desired;
      at.state.modified();
    } else {
      expected = seen;
    }
    execution.performed(equal ? effect::update : effect::read, equal, [&] {
      return event_values{show(seen), equal ? show(desired) : std::string()};
    });
    return equal;
  }
};

}  // namespace heddle::sim
