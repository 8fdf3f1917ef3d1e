// Stacks for green threads: mapped once, guarded, and used again and again, from one simulator to the next.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heddle::sim {

/** The calling function's stack pointer. */
[[nodiscard, gnu::always_inline]] inline const char* stack_pointer() noexcept {
#if defined(__x86_64__)
  const char* pointer = nullptr;
  asm volatile("movq %%rsp, %0" : "=r"(pointer));
  return pointer;
#else
  return static_cast<const char*>(__builtin_frame_address(0));
#endif
}

/**
 * A mapped stack that grows down from top(), with a guard area below it. Its contents are arbitrary.
 *
 * What a program may use ends at limit(). Below that lies a reserve for Heddle's own calls: how much these need differs
 * between an execution that is recorded and one that is not, and a program that overflows its stack has to do so at
 * the same operation in both.
 */
class stack {
 public:
  /** `size` is rounded up to whole pages, 16 KiB at least. Throws std::bad_alloc where nothing more can be mapped. */
  explicit stack(std::size_t size);
  ~stack();
  stack(const stack&) = delete;
  stack& operator=(const stack&) = delete;

  [[nodiscard]] char* top() const noexcept { return bottom_ + size_; }
  [[nodiscard]] char* limit() const noexcept { return limit_; }
  [[nodiscard]] char* bottom() const noexcept { return bottom_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }  ///< with the reserve

  /** Whether the address is one of the stack, without the guard area. */
  [[nodiscard]] bool holds(std::uintptr_t address) const noexcept {
    return address - reinterpret_cast<std::uintptr_t>(bottom_) < size_;
  }
  /** Whether who touched `address` with its stack pointer at `pointer` has outgrown the stack. */
  [[nodiscard]] bool overflows(std::uintptr_t address, std::uintptr_t pointer) const noexcept;

 private:
  std::size_t size_;
  char* bottom_;
  char* limit_;
};

}  // namespace heddle::sim
