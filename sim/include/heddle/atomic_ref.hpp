// heddle::atomic_ref, with the semantics of std::atomic_ref.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <heddle/sim/atomic_operations.hpp>
#include <heddle/sim/atomic_refs.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

/**
 * Atomic operations on a plain object that lives elsewhere ([atomics.ref.generic]).
 *
 * All atomic_refs to one address are one atomic variable, to the end of the execution. What the program does to the
 * object without an atomic_ref Heddle cannot see. An object that is less aligned than `required_alignment` is a misuse.
 * Processes share the object, as they do all plain variables.
 */
template <class T>
class atomic_ref : public sim::atomic_operations<atomic_ref<T>, T> {
  using operations = sim::atomic_operations<atomic_ref<T>, T>;
  static constexpr bool is_word = sizeof(T) <= 16 && (sizeof(T) & (sizeof(T) - 1)) == 0;

 public:
  static constexpr std::size_t required_alignment = std::max(alignof(T), is_word ? sizeof(T) : std::size_t{1});

  explicit atomic_ref(T& object, source_location where = source_location::current()) : atomic_ref(object, {}, where) {}
  /** `name` is what reports call it, if it is the first one to this object. */
  atomic_ref(T& object, std::string_view name, source_location where = source_location::current()) : object_(&object) {
    find_state(name, where);
  }
  atomic_ref(const atomic_ref&) noexcept = default;
  atomic_ref& operator=(const atomic_ref&) = delete;
  T operator=(T desired) const {  // NOLINT(misc-unconventional-assign-operator): as in std
    this->store(desired, std::memory_order_seq_cst, {});
    return desired;
  }

 private:
  friend operations;
  [[nodiscard]] sim::atomic_place<T> place() const {
    if (!sim::simulator::current().is_present(made_in_)) [[unlikely]]
      find_state({}, {});  // a static, perhaps, that was made in an earlier execution
    return {*state_, *object_};
  }
  void find_state(std::string_view name, source_location where) const {
    state_ = &sim::atomic_state_of(object_, sizeof(T), required_alignment, name, where);
    made_in_ = sim::simulator::current().serial();
  }

  T* object_;
  mutable sim::atomic_state* state_ = nullptr;
  mutable std::uint64_t made_in_ = 0;  // the serial of a process of the execution that state_ belongs to
};

}  // namespace heddle
