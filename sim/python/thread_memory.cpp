#include "python/thread_memory.hpp"

#include <utility>

namespace heddle::python {

struct thread_memory::room {
  std::unique_ptr<std::byte[]> stack = std::make_unique_for_overwrite<std::byte[]>(stack_size * sizeof(value));
  std::vector<frame> frames;
  std::vector<block> blocks;
};

namespace {

constexpr std::size_t most_pooled = 16;
thread_local std::vector<std::unique_ptr<thread_memory::room>> pool;  // NOLINT: of the OS thread

}  // namespace

thread_memory::thread_memory()
    : thread_memory([] {
        std::unique_ptr<room> taken;
        if (pool.empty()) {
          taken = std::make_unique<room>();
          taken->frames.reserve(most_frames);
        } else {
          taken = std::move(pool.back());
          pool.pop_back();
        }
        return taken;
      }()) {}

thread_memory::thread_memory(std::unique_ptr<room> taken)
    : frames(taken->frames), blocks(taken->blocks), room_(std::move(taken)) {}

thread_memory::~thread_memory() {
  frames.clear();
  blocks.clear();
  if (pool.size() < most_pooled) pool.push_back(std::move(room_));
}

value* thread_memory::begin() const noexcept { return reinterpret_cast<value*>(room_->stack.get()); }

}  // namespace heddle::python
