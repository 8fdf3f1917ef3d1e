// The interpreter: one process, with its heap, its global variables, its lock and its threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <heddle/python/run.hpp>

#include "python/objects.hpp"
#include "python/shared_variable.hpp"

namespace heddle::python {

/** A code object ready to run. */
struct loaded_code {
  const code_object* source = nullptr;
  const loaded_program* of = nullptr;
  std::vector<value> constants;  // immortal
  std::vector<name> names;
  std::vector<std::uint32_t> global_slots;  // of each of the names
  std::vector<name> local_names;
  std::vector<std::int32_t> cell_arguments;  // of each own cell: the local variable that it begins with; or -1
  std::uint32_t frame_size = 0;              // local variables, cells and the stack
  std::uint32_t first_of_stack = 0;
};

/** A program ready to run. */
struct loaded_program {
  program source;
  std::vector<std::unique_ptr<heap_object>> immortals;
  std::vector<std::unique_ptr<loaded_code>> codes;
  std::vector<name> globals;               // by slot
  std::vector<value> builtins;             // by slot; undefined where there is no builtin of this name
  std::vector<bool> written_by_functions;  // by slot: whether a function stores to it, so that it is worth watching
};

/** A call in progress. */
struct frame {
  const loaded_code* code = nullptr;
  std::uint32_t base = 0;    // its first local variable, in the thread's stack
  std::uint32_t pc = 0;      // the instruction that is executed next, or being executed
  std::uint32_t height = 0;  // of the thread's stack, while another frame runs
  std::uint32_t blocks = 0;  // of the thread, when it was entered
  bool returns_to_native = false;
  bool constructs = false;  // it is an __init__: what it is called for is the instance
  value instance;
  attribute_table* names = nullptr;  // of a class body
};

/** An entered SETUP_FINALLY or SETUP_WITH. */
struct block {
  std::uint32_t handler = 0;
  std::uint32_t height = 0;
};

class interpreter;
class thread_object;

/** A thread of an interpreter: its frames, its stack, and how far it is with its turn. */
class thread_state {
 public:
  thread_state(interpreter& its, thread_object* its_object);
  thread_state(const thread_state&) = delete;
  thread_state& operator=(const thread_state&) = delete;
  ~thread_state();

  interpreter& process;
  thread_object* object;  ///< its threading.Thread

  /** Calls `body`, holding the interpreter's lock; what it raises is returned, and null if nothing. */
  exception_object* run(const std::function<void()>& body);

  // ---- the lock

  /** Waits for the interpreter's lock; a new turn begins. A daemon whose process has ended goes no further. */
  void acquire_lock();
  void release_lock(bool to_another = false);
  /** Calls what may block with the lock released: sleep, a join, a queue's get. It must not touch the heap. */
  template <class Blocking>
  auto blocking(Blocking&& call) {
    release_lock();
    if constexpr (std::is_void_v<decltype(call())>) {
      call();
      acquire_lock();
    } else {
      auto result = call();
      acquire_lock();
      return result;
    }
  }

  // ---- time

  /** Nanoseconds of virtual time since the program's start, as this thread knows it. */
  [[nodiscard]] std::uint64_t now() const noexcept;
  /** It is at least so late. */
  void set_clock_to(std::uint64_t at_least) noexcept;
  /** Sleeps; other threads may go on. */
  void sleep(std::uint64_t nanoseconds);

  // ---- where it is

  /** The file and the line of the bytecode that is executed. */
  [[nodiscard]] source_location where() const noexcept;
  [[nodiscard]] std::string present_bytecode() const;  ///< "STORE_GLOBAL n"
  [[nodiscard]] opcode present_opcode() const noexcept;

  exception_object* handled = nullptr;  ///< what an except clause is handling
  std::vector<frame> frames;
  std::vector<block> blocks;
  std::vector<value> stack;        // of all frames; grown by calls only
  std::uint32_t native_depth = 0;  // C++ calls of the bytecode loop within each other

  std::int64_t budget = 0;            ///< bytecodes until the thread is asked to do something else
  std::int64_t given = 0;             ///< the budget as it was last set
  std::uint64_t executed_before = 0;  ///< since it got the lock, when the budget was last set
  bool wanted = false;                ///< its turn is over, to be noticed at the next jump or call
  [[nodiscard]] std::uint64_t executed() const noexcept {
    return executed_before + static_cast<std::uint64_t>(given - budget);
  }

  /** The budget is used up. */
  void end_of_budget();
  /** Its turn is over: hands the lock over, if anybody is there. */
  void hand_over();

 private:
  void set_budget();
  void charge_time();

  std::uint64_t clock_ = 0;
  std::uint64_t charged_ = 0;  // of executed(): what the clock has been moved for
  std::int64_t left_of_turn_ = 0;
};

/** A process. */
class interpreter {
 public:
  interpreter(executable what, const settings& with);
  /** A child process: a copy of the parent's objects, as after fork. */
  interpreter(interpreter& parent, value& target_and_arguments);
  interpreter(const interpreter&) = delete;
  interpreter& operator=(const interpreter&) = delete;
  ~interpreter();

  const executable code;
  const settings set_to;

  /** A new object on its heap; MemoryError if that is full. */
  template <class Type, class... Args>
  Type* make(thread_state& by, Args&&... args) {
    charge(by, sizeof(Type));
    auto* made = new Type(std::forward<Args>(args)...);
    own(*made);
    return made;
  }
  /** So many bytes more are in use; MemoryError if they are too many. Asked before they are taken. */
  void charge(thread_state& by, std::size_t bytes);
  void own(heap_object& made) noexcept;

  [[nodiscard]] bool is_free_threaded() const noexcept { return !set_to.policy->has_lock(); }
  /** Whether more than one of its threads is alive. */
  [[nodiscard]] bool has_threads() const noexcept { return live_threads > 1; }

  std::vector<value> globals;                             // by slot
  std::vector<std::unique_ptr<shared_variable>> watched;  // likewise; null while nobody watches it
  std::unique_ptr<interpreter_lock> lock;                 // null where there is none
  std::uint64_t clock = 0;                                // carried by the lock
  std::uint32_t live_threads = 0;                         // guarded by the lock
  std::uint64_t bytecodes = 0;                            // of all its threads whose turns are over
  bool over = false;                                      // its main thread has ended: daemons go no further

  // ---- its threads (threading)

  std::vector<thread_object*> alive;  ///< in the order in which they were started; main first
  thread_object* main = nullptr;
  std::uint32_t named_threads = 0;          ///< for "Thread-1"
  std::uint32_t named_processes = 0;        ///< for "Process-1"
  exception_object* failed_with = nullptr;  ///< the first exception that left a thread
  source_location failed_at = {};
  std::string failure_text;

 private:
  heap_object* made_ = nullptr;  // the latest; each knows the one before
  std::size_t bytes_ = 0;
};

/** Runs frames until the one that the caller has pushed returns; what it returns. */
value run_frames(thread_state& by);
/** Pushes a frame for a call of `callee`, and matches the arguments with its parameters. */
frame& push_frame(thread_state& by, const function_object& callee, const arguments& with);

}  // namespace heddle::python
