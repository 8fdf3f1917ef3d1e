#include "linearizability/seen_configurations.hpp"

#include <algorithm>

namespace heddle::checker {
namespace {

// Each word is mixed well (the finalizer of SplitMix64): neighbouring positions differ in their low bits only.
std::uint64_t hash(std::span<const std::uint32_t> key) {
  std::uint64_t value = 0x9e3779b97f4a7c15;
  for (const std::uint32_t word : key) {
    value = (value ^ word) * 0xbf58476d1ce4e5b9;
    value ^= value >> 29;
  }
  value *= 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

std::size_t seen_configurations::slot_of(std::span<const std::uint32_t> wanted) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash(wanted) & mask;
  while (slots_[slot] != empty && !std::ranges::equal(key(slots_[slot] - 1), wanted)) slot = (slot + 1) & mask;
  return slot;
}

void seen_configurations::grow() {
  slots_.assign(slots_.size() * 2, empty);
  for (std::size_t number = 0; number < count_; ++number) slots_[slot_of(key(number))] = number + 1;
}

bool seen_configurations::insert(std::span<const std::uint32_t> positions, state_id state) {
  // The key is put behind the others first, and taken away again if it is one of them.
  const std::size_t before = keys_.size();
  keys_.insert(keys_.end(), positions.begin(), positions.end());
  keys_.push_back(state);
  const std::size_t slot = slot_of(key(count_));
  if (slots_[slot] != empty) {
    keys_.resize(before);
    return false;
  }
  slots_[slot] = ++count_;
  if (count_ * 2 > slots_.size()) grow();
  return true;
}

}  // namespace heddle::checker
