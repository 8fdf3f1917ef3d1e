// The memory of a thread's calls: its stack of values, its frames and its blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "python/value.hpp"

namespace heddle::python {

class attribute_table;
struct loaded_code;

/** A call in progress. */
struct frame {
  const loaded_code* code = nullptr;
  value* base = nullptr;     // its first local variable
  value* top = nullptr;      // of its stack, while another frame runs
  std::uint32_t pc = 0;      // the instruction that is being executed
  std::uint32_t blocks = 0;  // how many there were when it was entered
  bool returns_to_native = false;
  attribute_table* names = nullptr;  // of a class body
  value instance;                    // what an __init__ is called for: the call's result
};

/** An entered SETUP_FINALLY or SETUP_WITH. */
struct block {
  std::uint32_t handler = 0;
  value* top = nullptr;
  value handled;  // what was being handled then, or None: so again when the handler has ended
};

/**
 * Room for all the calls of one thread, which does not move. Taken from a pool of the OS thread and given back, since
 * executions are many and short.
 */
class thread_memory {
 public:
  static constexpr std::size_t stack_size = 32 * 1024;  // values
  static constexpr std::size_t most_frames = 4 * 1024;

  thread_memory();
  thread_memory(const thread_memory&) = delete;
  thread_memory& operator=(const thread_memory&) = delete;
  ~thread_memory();

  [[nodiscard]] value* begin() const noexcept;
  [[nodiscard]] value* end() const noexcept { return begin() + stack_size; }

  struct room;
  std::vector<frame>& frames;
  std::vector<block>& blocks;

 private:
  explicit thread_memory(std::unique_ptr<room> taken);
  std::unique_ptr<room> room_;
};

}  // namespace heddle::python
