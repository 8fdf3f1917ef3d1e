// heddle::atomic<std::shared_ptr<T>> and heddle::atomic<std::weak_ptr<T>>.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <heddle/atomic.hpp>

namespace heddle {

namespace sim {

/** Two pointers are equivalent if they store the same and share ownership, or own nothing. */
template <class T>
[[nodiscard]] bool equivalent(const std::shared_ptr<T>& a, const std::shared_ptr<T>& b) noexcept {
  return a.get() == b.get() && !a.owner_before(b) && !b.owner_before(a);
}
template <class T>
[[nodiscard]] bool equivalent(const std::weak_ptr<T>& a, const std::weak_ptr<T>& b) noexcept {
  return !a.owner_before(b) && !b.owner_before(a) && a.lock().get() == b.lock().get();
}

template <class T>
[[nodiscard]] std::string show_pointer(const std::shared_ptr<T>& pointer) {
  return show(pointer.get());
}
template <class T>
[[nodiscard]] std::string show_pointer(const std::weak_ptr<T>& pointer) {
  return show(pointer.lock().get());
}

/** An atomic variable that is a smart pointer. */
template <class Pointer>
class pointer_cell final : public atomic_state {
 public:
  pointer_cell(Pointer initial, std::string_view name, source_location where)
      : atomic_state(name, where), value(std::move(initial)) {}

  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<pointer_cell>(*this); }

  Pointer value;
};

/**
 * The operations of both ([util.smartptr.atomic]). What the variable pointed to before is let go after the operation,
 * so that a destructor that comes of it performs operations of its own.
 */
template <class Pointer>
class atomic_smart_pointer {
 public:
  using value_type = Pointer;
  static constexpr bool is_always_lock_free = false;

  atomic_smart_pointer(const atomic_smart_pointer&) = delete;
  atomic_smart_pointer& operator=(const atomic_smart_pointer&) = delete;

  [[nodiscard]] bool is_lock_free() const noexcept { return false; }

  [[nodiscard]] Pointer load(std::memory_order order = std::memory_order_seq_cst,
                             source_location where = source_location::current()) const {
    cell& it = cell_.here();
    simulator& execution = it.begin(operation_kind::load, {order, order}, where);
    Pointer seen = it.value;
    execution.performed(effect::read, true, [&] { return event_values{show_pointer(seen), {}}; });
    return seen;
  }

  void store(Pointer desired, std::memory_order order = std::memory_order_seq_cst,
             source_location where = source_location::current()) {
    cell& it = cell_.here();
    simulator& execution = it.begin(operation_kind::store, {order, order}, where);
    put(execution, it, desired);
    execution.performed(effect::write, true, [&] { return event_values{{}, show_pointer(it.value)}; });
  }

  Pointer exchange(Pointer desired, std::memory_order order = std::memory_order_seq_cst,
                   source_location where = source_location::current()) {
    cell& it = cell_.here();
    simulator& execution = it.begin(operation_kind::exchange, {order, failure_order_of(order)}, where);
    put(execution, it, desired);
    execution.performed(effect::update, true, [&] {
      return event_values{show_pointer(desired), show_pointer(it.value)};
    });
    return desired;
  }

  bool compare_exchange_weak(Pointer& expected, Pointer desired, std::memory_order success, std::memory_order failure,
                             source_location where = source_location::current()) {
    return compare_exchange(operation_kind::compare_exchange_weak, expected, std::move(desired), success, failure,
                            where);
  }
  bool compare_exchange_weak(Pointer& expected, Pointer desired, std::memory_order order = std::memory_order_seq_cst,
                             source_location where = source_location::current()) {
    return compare_exchange_weak(expected, std::move(desired), order, failure_order_of(order), where);
  }
  bool compare_exchange_strong(Pointer& expected, Pointer desired, std::memory_order success, std::memory_order failure,
                               source_location where = source_location::current()) {
    return compare_exchange(operation_kind::compare_exchange_strong, expected, std::move(desired), success, failure,
                            where);
  }
  bool compare_exchange_strong(Pointer& expected, Pointer desired, std::memory_order order = std::memory_order_seq_cst,
                               source_location where = source_location::current()) {
    return compare_exchange_strong(expected, std::move(desired), order, failure_order_of(order), where);
  }

  /** Blocks until the value is not equivalent to `old`: see atomic::wait. */
  void wait(Pointer old, std::memory_order order = std::memory_order_seq_cst,
            source_location where = source_location::current()) const {
    cell& it = cell_.here();
    simulator& execution = it.begin(operation_kind::wait, {order, order}, where);
    if (execution.giving_up()) return;
    atomic_waiter waiter(it, execution.running());
    for (;;) {
      const bool differs = !equivalent(it.value, old);
      execution.performed(effect::read, differs, [&] { return event_values{show_pointer(it.value), {}}; });
      if (differs || !waiter.sleep({order, order}, where)) return;
    }
  }
  void notify_one(source_location where = source_location::current()) { cell_.here().notify_one(where); }
  void notify_all(source_location where = source_location::current()) { cell_.here().notify_all(where); }

  operator Pointer() const { return load(std::memory_order_seq_cst, {}); }  // NOLINT: as in std

 protected:
  atomic_smart_pointer(Pointer desired, std::string_view name, source_location where)
      : cell_(std::move(desired), name, where) {}
  ~atomic_smart_pointer() = default;

 private:
  using cell = pointer_cell<Pointer>;

  // Afterwards the old value stands in `desired`.
  static void put(simulator& execution, cell& it, Pointer& desired) {
    if (equivalent(it.value, desired)) execution.wrote_nothing_new();
    it.value.swap(desired);
    it.modified();
  }

  bool compare_exchange(operation_kind kind, Pointer& expected, Pointer desired, std::memory_order success,
                        std::memory_order failure, source_location where) {
    cell& it = cell_.here();
    simulator& execution = it.begin(kind, {success, failure}, where);
    Pointer seen = it.value;
    const bool equal = equivalent(seen, expected) &&
                       !(kind == operation_kind::compare_exchange_weak && execution.meets(fault_kind::weak_cas));
    if (equal) {
      put(execution, it, desired);
    } else {
      expected.swap(seen);  // and what was expected is let go at the end
    }
    execution.performed(equal ? effect::update : effect::read, equal, [&] {
      return equal ? event_values{show_pointer(seen), show_pointer(it.value)}
                   : event_values{show_pointer(expected), {}};
    });
    return equal;
  }

  per_process<cell> cell_;
};

}  // namespace sim

/** An atomic shared pointer ([util.smartptr.atomic.shared]). What it points to is an object as any other. */
template <class T>
class atomic<std::shared_ptr<T>> : public sim::atomic_smart_pointer<std::shared_ptr<T>> {
  using operations = sim::atomic_smart_pointer<std::shared_ptr<T>>;

 public:
  atomic(source_location where = source_location::current())  // NOLINT: as in std
      : operations(nullptr, {}, where) {}
  atomic(std::nullptr_t, source_location where = source_location::current())  // NOLINT: as in std
      : operations(nullptr, {}, where) {}
  atomic(std::shared_ptr<T> desired, source_location where = source_location::current())  // NOLINT: as in std
      : operations(std::move(desired), {}, where) {}
  /** `name` is what reports call it. */
  atomic(std::shared_ptr<T> desired, std::string_view name, source_location where = source_location::current())
      : operations(std::move(desired), name, where) {}
  atomic(const atomic&) = delete;
  void operator=(const atomic&) = delete;
  void operator=(std::nullptr_t) { this->store(nullptr, std::memory_order_seq_cst, {}); }
  void operator=(std::shared_ptr<T> desired) { this->store(std::move(desired), std::memory_order_seq_cst, {}); }
};

/** An atomic weak pointer ([util.smartptr.atomic.weak]). */
template <class T>
class atomic<std::weak_ptr<T>> : public sim::atomic_smart_pointer<std::weak_ptr<T>> {
  using operations = sim::atomic_smart_pointer<std::weak_ptr<T>>;

 public:
  atomic(source_location where = source_location::current())  // NOLINT: as in std
      : operations({}, {}, where) {}
  atomic(std::weak_ptr<T> desired, source_location where = source_location::current())  // NOLINT: as in std
      : operations(std::move(desired), {}, where) {}
  /** `name` is what reports call it. */
  atomic(std::weak_ptr<T> desired, std::string_view name, source_location where = source_location::current())
      : operations(std::move(desired), name, where) {}
  atomic(const atomic&) = delete;
  void operator=(const atomic&) = delete;
  void operator=(std::weak_ptr<T> desired) { this->store(std::move(desired), std::memory_order_seq_cst, {}); }
};

}  // namespace heddle
