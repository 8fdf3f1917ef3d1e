// What every atomic variable has besides its value: its identity, the rules of its orders, and who waits on it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <string_view>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::sim {

class atomic_waiter;

/** A value of up to 16 bytes as a cell_value, and back. */
template <class T>
[[nodiscard]] cell_value to_cell(const T& value) noexcept {
  static_assert(sizeof(T) <= sizeof(cell_value));
  cell_value cell;
  std::memcpy(static_cast<void*>(&cell), static_cast<const void*>(&value), sizeof(T));
  return cell;
}
template <class T>
[[nodiscard]] T from_cell(const cell_value& cell) noexcept {
  alignas(T) std::byte bytes[sizeof(T)];
  std::memcpy(bytes, static_cast<const void*>(&cell), sizeof(T));
  return *std::launder(reinterpret_cast<T*>(bytes));
}

/** The identity of an atomic variable. Its value, which has a type, stands beside it. */
class atomic_state : public object {
 public:
  atomic_state(std::string_view name, source_location where) : object(object_kind::atomic, name, where) {}

  /** Publishes an operation and gives the execution; an order that the standard forbids there is a misuse. */
  simulator& begin(operation_kind kind, memory_orders orders, source_location where) {
    simulator& execution = simulator::of_object();
    if (!allowed(kind, orders)) [[unlikely]]
      order_not_allowed(kind, where);
    execution.publish(kind, *this, where, orders);
    return execution;
  }

  /** The same for one that stores: `makes` what of the value, if its type is small enough. */
  simulator& begin(operation_kind kind, memory_orders orders, source_location where, const value_function* makes) {
    simulator& execution = simulator::of_object();
    if (!allowed(kind, orders)) [[unlikely]]
      order_not_allowed(kind, where);
    execution.publish(kind, *this, where, orders, makes);
    return execution;
  }

  /** To be called with every write to the value: those who waited for another one may be notified from then on. */
  void modified() noexcept { ++modifications_; }

  void notify_one(source_location where);
  void notify_all(source_location where);

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;

 protected:
  /** A copy for a process, in which nobody waits. */
  atomic_state(const atomic_state& original) : object(original) {}

 private:
  friend class atomic_waiter;

  /** [atomics.types.operations]: the orders that loads, stores and failing compare-exchanges may have. */
  [[nodiscard]] static constexpr bool allowed(operation_kind kind, memory_orders orders) noexcept {
    constexpr auto releases = [](std::memory_order o) {
      return o == std::memory_order_release || o == std::memory_order_acq_rel;
    };
    switch (kind) {
      case operation_kind::load:
      case operation_kind::await:
      case operation_kind::wait: return !releases(orders.order);
      case operation_kind::store:
        return orders.order == std::memory_order_relaxed || orders.order == std::memory_order_release ||
               orders.order == std::memory_order_seq_cst;
      default: return !releases(orders.failure);
    }
  }
  void order_not_allowed(operation_kind kind, source_location where) const;
  [[nodiscard]] std::span<const thread_id> eligible(simulator& execution, bool& anybody_waits) const;

  atomic_waiter* waiters_ = nullptr;  // the latest first; each stands on its thread's stack
  std::uint32_t modifications_ = 0;
};

/** A thread in an atomic's wait ([atomics.wait]), for as long as it is there. */
class atomic_waiter {
 public:
  atomic_waiter(atomic_state& on, thread_id thread) noexcept : on_(on), thread_(thread) {}
  atomic_waiter(const atomic_waiter&) = delete;
  atomic_waiter& operator=(const atomic_waiter&) = delete;
  ~atomic_waiter() {
    if (sleeps_) leave();
  }

  /**
   * The value was the old one: waits for a notification, and returns when the value is to be read again. The caller
   * reports the event. False in an execution that is given up.
   */
  [[nodiscard]] bool sleep(memory_orders orders, source_location where);

 private:
  friend class atomic_state;
  void leave() noexcept;

  atomic_state& on_;
  thread_id thread_;
  std::uint32_t seen_ = 0;  // how many modifications there had been when it read the value
  bool sleeps_ = false;     // and so stands in the list
  atomic_waiter* next_ = nullptr;
};

}  // namespace heddle::sim
