#include "stack.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
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

/** A stack's memory, with its guard area. */
struct mapping {
  char* base;
  std::size_t size;  // of the stack

  void unmap() const noexcept { munmap(base, guard + size); }
};

thread_local bool keeps_spares = true;  // until the OS thread ends; of a type that is there even after that

// Mapped stacks that nobody uses. Small programs are searched by the thousand, and mapping the stacks, and touching
// them first, would take longer than such a search.
class spare_stacks {
 public:
  spare_stacks() noexcept = default;
  spare_stacks(const spare_stacks&) = delete;
  spare_stacks& operator=(const spare_stacks&) = delete;
  ~spare_stacks() {
    keeps_spares = false;
    while (count_ > 0) kept_[--count_].unmap();
  }

  /** The base of one of this size; null if there is none. */
  [[nodiscard]] char* take(std::size_t size) noexcept {
    for (std::size_t i = count_; i-- > 0;) {
      if (kept_[i].size != size) continue;
      char* const base = kept_[i].base;
      kept_[i] = kept_[--count_];
      return base;
    }
    return nullptr;
  }
  /** Whether there was room for it. */
  [[nodiscard]] bool keep(const mapping& left) noexcept {
    if (count_ == kept_.size()) return false;
    kept_[count_++] = left;
    return true;
  }

 private:
  std::array<mapping, 32> kept_;
  std::size_t count_ = 0;
};

thread_local spare_stacks spares;

char* map(std::size_t size) {
  void* base = mmap(nullptr, guard + size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (base == MAP_FAILED) throw std::bad_alloc();
  if (mprotect(base, guard, PROT_NONE) != 0) {
    munmap(base, guard + size);
    throw std::bad_alloc();
  }
  return static_cast<char*>(base);
}

}  // namespace

stack::stack(std::size_t size) {
  const std::size_t page = page_size();
  size_ = (std::max(size, least_size) + reserve + page - 1) / page * page;
  char* base = keeps_spares ? spares.take(size_) : nullptr;
  const bool is_new = base == nullptr;
  if (is_new) base = map(size_);
  bottom_ = base + guard;
  limit_ = bottom_ + reserve;
  if (is_new) tools_see_stack(*this);
  tools_forget_frames(*this);  // of whoever had this memory before
}

stack::~stack() {
  const mapping left{bottom_ - guard, size_};
  if (!keeps_spares || !spares.keep(left)) left.unmap();
}

bool stack::overflows(std::uintptr_t address, std::uintptr_t pointer) const noexcept {
  const auto bottom = reinterpret_cast<std::uintptr_t>(bottom_);
  const bool in_guard = address < bottom && bottom - address <= guard;
  return in_guard || (pointer < bottom && bottom - pointer <= largest_step);
}

}  // namespace heddle::sim
