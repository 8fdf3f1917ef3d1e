// heddle::atomic and the fences, with the operations and memory orders of std::atomic.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <heddle/sim/atomic_operations.hpp>
#include <heddle/sim/atomic_state.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** An atomic variable and its value. */
template <class T>
class atomic_cell final : public atomic_state {
 public:
  atomic_cell(T initial, std::string_view name, source_location where) : atomic_state(name, where), value(initial) {}

  [[nodiscard]] cell_value state() const noexcept override {
    if constexpr (sizeof(T) <= sizeof(cell_value)) {
      return to_cell(value);
    } else {
      return {};
    }
  }
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<atomic_cell>(*this); }

  T value;
};

}  // namespace sim

/**
 * An atomic variable ([atomics.types.generic]) of a trivially copyable type. (For std::shared_ptr and std::weak_ptr see
 * <heddle/atomic_shared_ptr.hpp>.)
 *
 * Every operation is an event. Executions are sequentially consistent; the memory orders stay in the operations, and
 * decide what happens before what, so that data on which a relaxed flag is relied is still found to race. A weak
 * compare-exchange fails spuriously only where the settings allow that fault, as a choice. Compare-exchange and wait
 * compare values without their padding (with clang 14: with it).
 */
template <class T>
class atomic : public sim::atomic_operations<atomic<T>, T> {
  using operations = sim::atomic_operations<atomic<T>, T>;

 public:
  atomic(source_location where = source_location::current()) : atomic(T{}, where) {}  // NOLINT: as in std
  atomic(T desired, source_location where = source_location::current())               // NOLINT: as in std
      : atomic(desired, std::string_view{}, where) {}
  /** `name` is what reports call it. */
  atomic(T desired, std::string_view name, source_location where = source_location::current())
      : cell_(desired, name, where) {}
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;
  T operator=(T desired) {  // NOLINT(misc-unconventional-assign-operator): as in std
    this->store(desired, std::memory_order_seq_cst, {});
    return desired;
  }

 private:
  friend operations;
  [[nodiscard]] sim::atomic_place<T> place() const {
    sim::atomic_cell<T>& cell = cell_.here();
    return {cell, cell.value};
  }

  sim::per_process<sim::atomic_cell<T>> cell_;
};

/**
 * A fence ([atomics.fences]): decides, with the relaxed operations around it, what happens before what. It is an event,
 * but nothing to choose at; a relaxed one is nothing at all.
 */
inline void atomic_thread_fence(std::memory_order order, source_location where = source_location::current()) {
  if (order == std::memory_order_relaxed) return;
  sim::simulator::current().note({.kind = sim::operation_kind::fence, .orders = {order, order}, .where = where});
}

/** Orders a thread and its own signal handlers, of which there are none here. */
inline void atomic_signal_fence(std::memory_order /*order*/) noexcept {}

using atomic_bool = atomic<bool>;
using atomic_char = atomic<char>;
using atomic_schar = atomic<signed char>;
using atomic_uchar = atomic<unsigned char>;
using atomic_short = atomic<short>;
using atomic_ushort = atomic<unsigned short>;
using atomic_int = atomic<int>;
using atomic_uint = atomic<unsigned int>;
using atomic_long = atomic<long>;
using atomic_ulong = atomic<unsigned long>;
using atomic_llong = atomic<long long>;
using atomic_ullong = atomic<unsigned long long>;
using atomic_char8_t = atomic<char8_t>;
using atomic_char16_t = atomic<char16_t>;
using atomic_char32_t = atomic<char32_t>;
using atomic_wchar_t = atomic<wchar_t>;
using atomic_int8_t = atomic<std::int8_t>;
using atomic_uint8_t = atomic<std::uint8_t>;
using atomic_int16_t = atomic<std::int16_t>;
using atomic_uint16_t = atomic<std::uint16_t>;
using atomic_int32_t = atomic<std::int32_t>;
using atomic_uint32_t = atomic<std::uint32_t>;
using atomic_int64_t = atomic<std::int64_t>;
using atomic_uint64_t = atomic<std::uint64_t>;
using atomic_intptr_t = atomic<std::intptr_t>;
using atomic_uintptr_t = atomic<std::uintptr_t>;
using atomic_size_t = atomic<std::size_t>;
using atomic_ptrdiff_t = atomic<std::ptrdiff_t>;
using atomic_intmax_t = atomic<std::intmax_t>;
using atomic_uintmax_t = atomic<std::uintmax_t>;
using atomic_signed_lock_free = atomic<int>;
using atomic_unsigned_lock_free = atomic<unsigned int>;

}  // namespace heddle
