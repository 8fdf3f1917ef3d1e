// The interpreter: one process, with its heap, its global variables, its lock and its threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <heddle/python/run.hpp>

#include "python/objects.hpp"
#include "python/shared_variable.hpp"
#include "python/thread_memory.hpp"

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
  std::vector<name> globals;    // by slot
  std::vector<value> builtins;  // by slot; undefined where there is no builtin of this name
  /** Whether a global variable is worth watching, since it may be stored to while there are threads. */
  enum class watch : std::uint8_t { never, without_lock, always };
  std::vector<watch> watches;  // by slot
  /** Attributes that the program may store or delete; all, if it calls setattr or delattr. */
  std::set<std::string, std::less<>> stored_attributes;
  bool stores_any_attribute = false;

  [[nodiscard]] const loaded_code& module_code() const noexcept { return *codes.front(); }
};

class interpreter;
class thread_object;

/** Thrown to end a thread quietly: a daemon whose process has ended. */
struct thread_ends {};

/** A thread of an interpreter: its frames, its stack, and how far it is with its turn. */
class thread_state {
 public:
  thread_state(interpreter& its, thread_object* its_object);
  thread_state(const thread_state&) = delete;
  thread_state& operator=(const thread_state&) = delete;

  interpreter& process;
  thread_object* object;  ///< its threading.Thread

  // ---- the lock

  /** Waits for the interpreter's lock; a new turn begins. Throws thread_ends in a daemon whose process has ended. */
  void acquire_lock();
  /** `hands_over`: since its turn is over, between two bytecodes. */
  void release_lock(bool hands_over = false);
  /** Calls what may block with the lock released: sleep, a join, a queue's get. It must not touch the heap. */
  template <class Blocking>
  auto blocking(Blocking&& call) {
    const bool releases = lets_others_go_on();
    if (releases) release_lock();
    if constexpr (std::is_void_v<decltype(call())>) {
      call();
      if (releases) acquire_lock();
    } else {
      auto result = call();
      if (releases) acquire_lock();
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
  /** Where it is while it has no frame: where it was started, or ended. */
  source_location last_place = {};

  exception_object* handled = nullptr;  ///< what an except clause is handling
  bool reraises = false;                ///< what is raised next has been on its way before
  thread_memory memory;                 ///< its stack and its frames: pointers into them stay as they are
  std::uint32_t native_depth = 0;       ///< C++ calls of the bytecode loop within each other

  std::int64_t budget = 0;  ///< bytecodes until end_of_budget
  bool wanted = false;      ///< its turn is over, to be noticed at the next jump or call

  /** The budget is used up: the turn is over, or the limit of bytecodes is reached. */
  void end_of_budget();
  /** Its turn is over: hands the lock over, if anybody is there. */
  void hand_over();
  /** Bytecodes since it got the lock. */
  [[nodiscard]] std::uint64_t executed() const noexcept {
    return executed_before_ + static_cast<std::uint64_t>(given_ - budget);
  }

 private:
  void set_budget(std::uint64_t rest_of_turn);
  void begin_turn();
  void count_given() noexcept;
  [[nodiscard]] bool lets_others_go_on() const noexcept;

  std::int64_t given_ = 0;             // the budget as it was last set
  std::uint64_t executed_before_ = 0;  // that, since it got the lock
  std::uint64_t rest_of_turn_ = 0;     // when the budget was last set
  std::uint64_t total_ = 0;            // bytecodes before that, ever
  std::uint64_t clock_ = 0;            // when it got the lock
};

/** A process. */
class interpreter : public std::enable_shared_from_this<interpreter> {
 public:
  interpreter(executable what, const settings& with);
  /** A child process: a copy of the parent's objects, as after fork; `root` becomes its copy, too. `its_identity`:
   * "1" for the first child, "1:2" for that one's second. */
  interpreter(std::shared_ptr<interpreter> from, std::string its_identity, value& root, std::uint64_t starts_at);
  interpreter(const interpreter&) = delete;
  interpreter& operator=(const interpreter&) = delete;
  ~interpreter();

  const executable code;
  settings set_to;  ///< sys can change some of it

  /** A new object on its heap; MemoryError if that is full. */
  template <class Type, class... Args>
  Type* make(thread_state& by, Args&&... args) {
    charge(by, sizeof(Type));
    auto* made = new Type(std::forward<Args>(args)...);
    own(*made);
    return made;
  }
  /** So many bytes more are in use; MemoryError if they are too many. Asked before they are taken. */
  void charge(thread_state& by, std::size_t bytes) {
    if (bytes > set_to.heap_limit - bytes_) [[unlikely]]
      heap_is_full(by);
    bytes_ += bytes;
  }
  void own(heap_object& made) noexcept {
    made.made_before_ = made_;
    made_ = &made;
  }

  [[nodiscard]] bool is_free_threaded() const noexcept { return !set_to.policy->has_lock(); }

  std::vector<value> globals;                             // by slot
  std::vector<std::unique_ptr<shared_variable>> watched;  // likewise; null while nobody has looked
  std::map<std::pair<const heap_object*, std::string>, std::unique_ptr<shared_variable>>
      watched_items;                       // by key's text
  std::unique_ptr<interpreter_lock> lock;  // null where there is none
  std::uint64_t clock = 0;                 // carried by the lock
  bool over = false;                       // its main thread has ended: daemons go no further
  bool has_started_threads = false;
  std::uint32_t identities = 0;       // how many objects have been asked for their id()
  std::vector<thread_object*> alive;  ///< in the order in which they were started; guarded by the lock
  std::uint32_t named_threads = 0;    ///< for "Thread-1"
  std::uint32_t named_processes = 0;  ///< for "Process-1"
  thread_object* main = nullptr;
  const std::string identity;          ///< of a child process
  value as_process;                    ///< what current_process() gives, once it is known
  std::vector<heap_object*> children;  ///< its Processes that were started

  /** The first exception that left a thread. */
  struct failure {
    bool is_assertion = false;
    std::string text;  ///< "ValueError: no"
    source_location where;
  };
  std::optional<failure> failed;
  [[nodiscard]] const std::shared_ptr<interpreter>& parent() const noexcept { return parent_; }

 private:
  friend class object_copier;
  [[noreturn]] void heap_is_full(thread_state& by);

  std::shared_ptr<interpreter> parent_;  // some of its objects are shared
  heap_object* made_ = nullptr;          // the latest; each knows the one before
  std::size_t bytes_ = 0;
};

/** Runs frames until the one that the caller has pushed returns; what it returns. */
value run_frames(thread_state& by);
/** Pushes a frame for a call of `callee`, whose local variables begin at `base`; matches the arguments, which may lie
 * there already, with its parameters. */
frame& push_frame(thread_state& by, const function_object& callee, const arguments& with, value* base);

}  // namespace heddle::python
