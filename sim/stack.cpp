#include "stack.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "context.hpp"

namespace heddle::sim {
namespace {

constexpr std::size_t least_size = std::size_t{16} * 1024;

std::size_t page_size() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

}  // namespace

stack::stack(std::size_t size) {
  const std::size_t page = page_size();
  size_ = (std::max(size, least_size) + page - 1) / page * page;
  void* base = mmap(nullptr, page + size_, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (base == MAP_FAILED) throw std::bad_alloc();
  if (mprotect(base, page, PROT_NONE) != 0) {
    munmap(base, page + size_);
    throw std::bad_alloc();
  }
  bottom_ = static_cast<char*>(base) + page;
  tools_see_stack(*this);
  tools_forget_frames(*this);  // of whoever had this memory before
}

stack::~stack() {
  const std::size_t page = page_size();
  munmap(bottom_ - page, page + size_);
}

}  // namespace heddle::sim
