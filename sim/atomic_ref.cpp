#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>

#include <heddle/sim/atomic_refs.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::sim {
namespace {

// The value stands where the program has it.
class referred_state final : public atomic_state {
 public:
  referred_state(const void* address, std::size_t size, std::string_view name, source_location where)
      : atomic_state(name, where), address_(address), size_(size) {}
  [[nodiscard]] cell_value state() const noexcept override {
    cell_value value;
    if (size_ <= sizeof value) std::memcpy(static_cast<void*>(&value), address_, size_);
    return value;
  }

 private:
  const void* address_;
  std::size_t size_;
};

// By address, but only to find them: objects are numbered in the order of their first use.
class atomic_ref_states final : public execution_data {
 public:
  void clear() noexcept override { states_.clear(); }

  atomic_state& at(const void* address, std::size_t size, std::string_view name, source_location where) {
    std::unique_ptr<atomic_state>& state = states_[address];
    if (state == nullptr) state = std::make_unique<referred_state>(address, size, name, where);
    return *state;
  }

 private:
  std::unordered_map<const void*, std::unique_ptr<atomic_state>> states_;
};

}  // namespace

atomic_state& atomic_state_of(const void* address, std::size_t size, std::size_t alignment, std::string_view name,
                              source_location where) {
  simulator& execution = simulator::current();
  if (execution.atomic_refs() == nullptr) execution.atomic_refs() = std::make_unique<atomic_ref_states>();
  atomic_state& state = static_cast<atomic_ref_states&>(*execution.atomic_refs()).at(address, size, name, where);
  if (reinterpret_cast<std::uintptr_t>(address) % alignment != 0) [[unlikely]] {
    execution.end(ending_kind::misuse,
                  "an atomic_ref to an object that is not aligned to " + std::to_string(alignment) +
                      " bytes, its required_alignment",
                  where);
  }
  return state;
}

}  // namespace heddle::sim
