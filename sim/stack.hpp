// Stacks for green threads: mapped once, guarded, and used again and again.
#pragma once

#include <cstddef>

namespace heddle::sim {

/** A mapped stack that grows down from top(), with a guard page below it. Its contents are arbitrary. */
class stack {
 public:
  /** `size` is rounded up to whole pages, 16 KiB at least. Throws std::bad_alloc where nothing more can be mapped. */
  explicit stack(std::size_t size);
  ~stack();
  stack(const stack&) = delete;
  stack& operator=(const stack&) = delete;

  [[nodiscard]] char* top() const noexcept { return bottom_ + size_; }
  [[nodiscard]] char* bottom() const noexcept { return bottom_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::size_t size_;
  char* bottom_;
};

}  // namespace heddle::sim
