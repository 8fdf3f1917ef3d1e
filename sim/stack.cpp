#include "stack.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "context.hpp"

namespace heddle::sim {
namespace {

constexpr std::size_t least_size = std::size_t{16} * 1024;

// For Heddle's own calls, below what the program may use.
constexpr std::size_t reserve = std::size_t{32} * 1024;

// Much more than a page, so that a function with a large frame does not step over it, into another thread's stack.
// Costs address space only.
constexpr std::size_t guard = std::size_t{2} * 1024 * 1024;

// A stack pointer that has stepped over the guard area all the same, by an array of this size at most.
constexpr std::size_t largest_step = std::size_t{256} * 1024 * 1024;

std::size_t page_size() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

}  // namespace

stack::stack(std::size_t size) {
  const std::size_t page = page_size();
  size_ = (std::max(size, least_size) + reserve + page - 1) / page * page;
  void* base = mmap(nullptr, guard + size_, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (base == MAP_FAILED) throw std::bad_alloc();
  if (mprotect(base, guard, PROT_NONE) != 0) {
    munmap(base, guard + size_);
    throw std::bad_alloc();
  }
  bottom_ = static_cast<char*>(base) + guard;
  limit_ = bottom_ + reserve;
  tools_see_stack(*this);
  tools_forget_frames(*this);  // of whoever had this memory before
}

stack::~stack() { munmap(bottom_ - guard, guard + size_); }

bool stack::overflows(std::uintptr_t address, std::uintptr_t pointer) const noexcept {
  const auto bottom = reinterpret_cast<std::uintptr_t>(bottom_);
  const bool in_guard = address < bottom && bottom - address <= guard;
  return in_guard || (pointer < bottom && bottom - pointer <= largest_step);
}

}  // namespace heddle::sim
