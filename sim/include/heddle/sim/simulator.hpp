// The machine that runs one execution: threads, choices, virtual time, and the end.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/ending.hpp>
#include <heddle/sim/monitor.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/operation.hpp>
#include <heddle/sim/source_location.hpp>

namespace heddle::sim {

class crash_guard;
struct green_thread;
struct exception_state;

/** The simulator that runs in this OS thread, or null. For simulator::current. */
extern constinit thread_local simulator* running_simulator;

/** When a sleeper may go on. */
enum class time_mode : std::uint8_t {
  free,   ///< at any point, as a choice: real time promises nothing
  timed,  ///< when its deadline has come; the clock jumps to the next one when nobody else can move
};

/** What an execution depends on besides its program and its schedule. */
struct settings {
  std::size_t stack_size = 64 * 1024;   ///< bytes a thread, rounded up to pages; at least 16 KiB
  std::uint64_t event_limit = 100'000;  ///< an execution that comes to as many events is ended
  time_mode time = time_mode::free;
  fault_kinds faults = 0;        ///< which faults there may be, as choices
  std::uint32_t max_faults = 1;  ///< and how many of them in an execution
  std::chrono::nanoseconds hang_limit =
      std::chrono::seconds(2);  ///< real time that a thread may run without coming to an operation; 0: for ever
  /** Receives a line for each instruction of an interpreted program, before it is executed. Empty: not called. */
  std::function<void(std::string_view)> on_instruction = {};
  bool keeps_output = false;  ///< simulator::output has what was printed; a loop that prints is none that waits
};

/** The type of a thread's function with its arguments: how to move it to the new thread, and to run it. */
struct task_type {
  std::size_t size;
  std::size_t alignment;
  void (*move)(void* from, void* to);
  void (*run)(void* task);   ///< destroys the task at its end, however it ends
  void (*drop)(void* task);  ///< destroys a task that will not be run
};

/** What a thread is started as. */
enum class start_as : std::uint8_t {
  thread,
  daemon,   ///< a thread that the end of its process does not wait for: it is cut off then, wherever it is
  process,  ///< the main thread of a new process
};

/** A process's number within its execution: the program itself is 0. */
using process_id = std::uint32_t;

/** What headers beyond the simulator's own keep for the length of an execution. */
class execution_data {
 public:
  virtual ~execution_data() = default;
  /** The execution is over: forget it. */
  virtual void clear() noexcept = 0;
};

/** The program's output, to which its threads print. */
class console final : public object {
 public:
  static constexpr object_id number = 0;
  console() noexcept : object(object_kind::console, number) {}
};

/** What a thread is at the moment: for strategies and detectors. */
struct thread_view {
  thread_id id;
  thread_id parent;                ///< no_thread for main
  bool ended;                      ///< or cut off with its process
  bool published;                  ///< whether `pending` is still to be performed
  std::string_view name;           ///< the user's, or empty; only while recording
  const operation& pending;        ///< its operation, while it is published; else the latest one
  std::uint32_t events;            ///< how many it has performed
  std::span<void* const> callers;  ///< return addresses at `pending`, innermost first; only while recording
};

/**
 * Runs executions, one after another, and keeps their stacks and memory: the steady state allocates nothing.
 *
 * A thread publishes its operation, gives the scheduler its turn, and performs the operation when it is
 * picked. The scheduler runs in the thread that yields and jumps straight to the next one. Starting,
 * beginning, ending and joining a thread are events but no points of choice: they commute with whatever
 * other threads do, so every behaviour is reached without them. For the same reason new threads run up to their
 * first operation before anything is chosen, so that the pending operation of every thread is known then.
 *
 * One simulator belongs to one OS thread at a time; several may run at once in different ones.
 */
class alignas(64) simulator {
 public:
  explicit simulator(const settings& with);
  ~simulator();
  simulator(const simulator&) = delete;
  simulator& operator=(const simulator&) = delete;

  /** Runs `body` as the main thread, to the end; what it returns stays until the next run. Not to be called from within
   * an execution (std::logic_error). */
  const ending& run(const std::function<void()>& body, picker& picks, monitor& watches);

  /** The simulator that runs in this OS thread; throws std::logic_error, with what to do, if none does. */
  static simulator& current() {
    if (running_simulator == nullptr) [[unlikely]]
      used_outside();
    return *running_simulator;
  }

  /** The same for a state that per_process has looked up: there is one. */
  static simulator& of_object() noexcept { return *running_simulator; }

  // ---- what the objects and the functions of the program call

  /** Publishes `op` and gives the scheduler its turn; returns when the running thread is to perform it. */
  void publish(const operation& op);
  /** The same for an operation on one object, which is most of them; everything travels in registers. */
  void publish(operation_kind kind, object& target, source_location where, memory_orders orders = {});
  /** The same for one that stores to a variable. */
  void publish(operation_kind kind, object& target, source_location where, memory_orders orders,
               const value_function* makes);

  /** The published operation has been performed: tells the monitor. `describe` makes event_values, if wanted. */
  template <class Describe>
  void performed(effect done, bool succeeded, Describe&& describe) {
    if (!succeeded) note_failure();
    if (recording_) [[unlikely]] {
      const event_values values = std::forward<Describe>(describe)();
      report(done, succeeded, &values);
    } else {
      report(done, succeeded, nullptr);
    }
  }
  void performed(effect done, bool succeeded = true) {
    if (!succeeded) note_failure();
    report(done, succeeded, nullptr);
  }

  /** Before performed: what the operation's argument turned out to be, if that was not sure when it was published. */
  void set_argument(std::uint64_t argument) noexcept;
  /** Before performed: the operation wrote the value that was there before, so nobody who waits gets on by it. */
  void wrote_nothing_new() noexcept { nothing_new_ = true; }

  /** The choice primitive: an index below `count`. With a count of 1 nothing is asked; 0 is a logic error. */
  std::uint32_t choose(choice_kind kind, std::uint32_t count);

  /** Starts a thread that runs `task`, which is moved to it. */
  thread_id start(const task_type& type, void* task, std::string_view name, source_location where,
                  start_as as = start_as::thread);

  /** Waits for the end of `thread`. */
  void join(thread_id thread, source_location where);

  /** Has `call` called when the running thread ends, in the thread; the latest first, like thread_local destructors. */
  void at_thread_exit(std::function<void()> call);
  /** The same, but after all calls of at_thread_exit: where std says that thread-local variables are destroyed by then.
   */
  void at_thread_end(std::function<void()> call);

  /** Ends the running thread's process: cuts off its threads, wherever they are. */
  [[noreturn]] void exit_process(int status, source_location where);

  /** Ends the execution; returns only where it must not throw: see publish. The first ending stays. */
  void end(ending_kind kind, std::string message, source_location where);

  /** The same, also where a director would have the others go on: after this, the program's objects are not sound. */
  void end_at_once(ending_kind kind, std::string message, source_location where);

  /** The same for one who cannot be stopped just now, holding a lock of the real world: the running thread goes on up
   * to its next operation. Nothing happens where the execution is being given up already. */
  void fail_at_next_operation(ending_kind kind, std::string message, source_location where);

  /** In an execution that is given up: drops the calls of the running thread, which cannot go on. */
  [[noreturn]] void abandon();

  /** For monitors: ends the execution as soon as the running thread is back from its event. */
  void stop() noexcept;

  /** Wakes threads that wait on a condition variable or an atomic, some of waiters(), and performs the notification. */
  void notify(std::span<const thread_id> waiting);
  /** The two parts of it: for an object that keeps a list of who waits. */
  void wake(thread_id waiter) noexcept;
  void notified(std::span<const thread_id> waiting);
  /** What reports call a thread: its name, or else its path; only while recording. */
  [[nodiscard]] std::string name_of(thread_id id) const;
  /** The threads that wait on `condition` and are not notified, in thread order; valid until the next call. */
  [[nodiscard]] std::span<const thread_id> waiters(const object& condition);
  /** The live threads for which `wanted` is true, in thread order, for a choice among waiters that do not all stand at
   * a `wake`; valid until the next call. */
  [[nodiscard]] std::span<const thread_id> threads_that(const std::function<bool(thread_id)>& wanted);
  /** Whether the operation that is being performed meets with this fault: a choice, where the settings allow it. It is
   * shown with the thread's event that comes so many behind this one's. */
  [[nodiscard]] bool meets(fault_kind fault, std::uint32_t shown_behind = 0) {
    return (settings_.faults & only(fault)) != 0 && ask_for_fault(fault, 2, shown_behind) != 0;
  }
  /** Of an operation with a deadline, when it is performed: whether a fault has it time out though it need not. */
  [[nodiscard]] bool times_out_early() const noexcept;
  /** The deadline of what begins now and may last `length` nanoseconds of virtual time. */
  [[nodiscard]] std::uint64_t deadline_in(std::uint64_t length) const noexcept {
    return length >= no_deadline - 1 - now_ ? no_deadline - 1 : now_ + length;
  }
  /** The clock's reading, in nanoseconds since the execution began. A thread that reads it again and again, while
   * nothing else happens, sees it advance faster and faster: a loop that waits for a time comes to its end. */
  std::uint64_t read_clock(source_location where);
  /** An operation that is no point of choice, since it commutes with whatever other threads do: its event. */
  void note(const operation& op);
  /** The same for one of which it is known what it did, and with which values (as performed). */
  template <class Describe>
  void note(const operation& op, effect done, Describe&& describe) {
    if (giving_up_) return;
    begin_note(op);
    performed(done, true, std::forward<Describe>(describe));
  }
  /** The running thread has computed up to a time of the clock: it is at least so late. */
  void pass_time(std::uint64_t until) noexcept {
    if (until > now_) now_ = until;
  }

  /** this_thread::yield and sleep: `kind` is one of the two. */
  void yield(operation_kind kind, std::uint64_t deadline, source_location where);

  /** Writes to the program's output, or to its errors. */
  void print(std::string_view text, source_location where, bool to_errors = false);

  /** The running thread computes, as an interpreter does between its operations: it does not hang. */
  void computes() noexcept { ++computed_; }

  /** Tells settings::on_instruction, which must not be empty. */
  void show_instruction(std::string_view line);

  /** heddle::random: an event, but no point where threads are switched. */
  std::uint32_t random(std::uint32_t below, source_location where);

  /** Marks `name` as reached in this execution. */
  void reach(std::string_view name);

  // ---- what everybody may ask

  [[nodiscard]] thread_id running() const noexcept { return running_id_; }
  /** The process of the running thread, of any thread, and the processes' states. */
  [[nodiscard]] process_id process_of(thread_id id) const noexcept;
  /** How many of its threads have not ended, without its daemons: it has ended when there are none. */
  [[nodiscard]] std::uint32_t running_threads(process_id id) const noexcept { return processes_[id].running; }
  [[nodiscard]] bool process_ended(process_id id) const noexcept { return running_threads(id) == 0; }
  [[nodiscard]] int exit_status(process_id id) const noexcept { return processes_[id].status; }
  void set_exit_status(int status) noexcept;
  /** Whether this execution has ended and its threads are only being unwound. Asked by a thread that has failed and
   * goes on up to its next operation, this is one: the younger threads are unwound first. */
  [[nodiscard]] bool giving_up() noexcept {
    if (giving_up_) [[unlikely]]
      stop_if_failed();
    return giving_up_;
  }
  [[nodiscard]] std::uint32_t thread_count() const noexcept { return thread_count_; }
  [[nodiscard]] thread_view thread(thread_id id) const noexcept;
  [[nodiscard]] bool enabled(thread_id id) const noexcept;
  /** The first of the threads that are enabled, in thread order; no_thread if there is none. */
  [[nodiscard]] thread_id first_enabled() noexcept;
  /** The threads that have begun and not ended, in thread order, one after another: from 0; no_thread at the end. */
  [[nodiscard]] thread_id live_thread(std::size_t position) const noexcept;
  /** The thread that `id` waits for, if it is blocked, and if it is one thread that it waits for; else no_thread. */
  [[nodiscard]] thread_id waits_for(thread_id id) const noexcept;
  /** The creation path: "main", "main/1", "main/1/2". */
  [[nodiscard]] std::string path(thread_id id) const;
  /** Whether a director says who moves: see there. */
  [[nodiscard]] bool directed() const noexcept { return director_ != nullptr; }
  [[nodiscard]] const settings& set_to() const noexcept { return settings_; }
  [[nodiscard]] std::uint64_t now() const noexcept { return now_; }  ///< nanoseconds of virtual time
  [[nodiscard]] const std::vector<choice>& schedule() const noexcept { return schedule_; }
  [[nodiscard]] counters counted() const noexcept;
  [[nodiscard]] const std::vector<std::string>& reached() const noexcept { return reached_; }
  /** All that the execution has printed; only where settings::keeps_output says so. */
  [[nodiscard]] const std::string& output() const noexcept { return output_; }
  /** How the latest execution has ended; of one that runs: how one of its threads has failed, if one has. */
  [[nodiscard]] const ending& how_ended() const noexcept { return ending_; }
  /** Whether a thread was held back at a yield or a sleep because nothing had changed since it was there. */
  [[nodiscard]] bool held_back() const noexcept { return held_back_; }
  /** A director has done so, by rules of its own. */
  void hold_back() noexcept { held_back_ = true; }
  /** The thread of the latest event; main where there is none. */
  [[nodiscard]] thread_id last_moved() const noexcept { return last_moved_; }
  /** Tells the running thread's process in this execution from any other. */
  [[nodiscard]] std::uint64_t serial() const noexcept { return serial_; }
  /** Whether this is the serial number of a process of the present execution. */
  [[nodiscard]] bool is_present(std::uint64_t serial) const noexcept {
    return serial - first_serial_ <= last_serial_ - first_serial_;
  }
  /** A stable name for an address: "&1", "&2" in the order in which the execution shows them. */
  [[nodiscard]] std::string name_of_address(const void* address);

  /** A place for what an execution needs to know of its atomic_refs: kept, and cleared after each execution. */
  [[nodiscard]] std::unique_ptr<execution_data>& atomic_refs() noexcept { return atomic_refs_; }

  /** For destructors that perform operations: while one of these lives, the running thread's operations just return
   * in an execution that is given up. Where they would have to wait, the thread is abandoned. */
  class in_destructor {
   public:
    in_destructor() noexcept;
    in_destructor(const in_destructor&) = delete;
    in_destructor& operator=(const in_destructor&) = delete;
    ~in_destructor();
  };

  /** For objects: the next number. */
  object_id register_object(object& made, std::string_view name, source_location where);
  object_id register_copy(object& made, const object& original);
  void forget_object(object& destroyed) noexcept;

 private:
  friend object;       // which registers itself
  friend crash_guard;  // which ends executions from signal handlers

  [[noreturn]] static void used_outside();

  // simulator.cpp: the scheduler
  void take_turn(green_thread& self);
  void reset(picker& picks, monitor& watches);
  [[nodiscard]] green_thread* next_directed();
  void leave_failed(ending_kind kind, std::string message, source_location where);
  void report(effect done, bool succeeded, const event_values* values);
  void begin_note(const operation& op);
  void tell_unpublished(green_thread& thread, operation_kind kind, thread_id other, source_location where);
  void tell(green_thread& thread, const operation& op, effect done, bool succeeded, const event_values* values);
  void switch_to(green_thread& next);
  void on_os_stack(const std::function<void()>& work);
  void run_threads();
  [[noreturn]] void leave_to(green_thread& next);
  [[nodiscard]] bool is_enabled(const green_thread& thread) const noexcept;
  [[nodiscard]] bool yields_in_vain(const green_thread& thread) const noexcept;
  [[nodiscard]] green_thread* next_thread();
  [[nodiscard]] bool waits_for_blocked(const green_thread& thread) const noexcept;
  [[nodiscard]] bool is_held_back(const green_thread& thread) const noexcept;
  void pass_yield(source_location where) noexcept;
  bool advance_clock() noexcept;
  std::uint32_t gather_yielding() noexcept;
  std::uint32_t ask(choice_kind kind, std::uint32_t count);
  std::uint32_t ask_for_fault(fault_kind fault, std::uint32_t count, std::uint32_t shown_behind = 0);
  void ask_for_timeout_fault();

  // clock.cpp
  [[nodiscard]] bool times_out(const green_thread& thread) const noexcept;
  void note_failure() noexcept;
  [[nodiscard]] std::uint64_t later_than(std::uint64_t deadline) const noexcept;

  // threads.cpp
  static void thread_entry();
  green_thread& new_thread(green_thread* parent, std::string_view name, start_as as);
  static void run_exit_calls(green_thread& thread) noexcept;
  void forget_live(const green_thread& ended) noexcept;
  void make_live(green_thread& made);
  void run_task(green_thread& thread);
  void record_uncaught(std::string what);
  void finish_running();

  // processes.cpp
  void count_threads() noexcept;
  void count_end(const green_thread& ended);
  void new_process(green_thread& main);
  void copy_objects(std::uint64_t of_process);
  void cut_off_threads(process_id of);
  [[nodiscard]] bool cuts_off_others(const green_thread& thread) const noexcept;
  void publish_end(source_location where) noexcept;

  // giving_up.cpp
  void record_ending(ending_kind kind, std::string message, source_location where);
  void give_up(bool may_throw, bool may_go_on);
  void stop_if_failed();
  void give_way(bool may_throw, bool may_go_on);
  [[gnu::cold]] void end_for_full_stack(source_location where);
  [[nodiscard]] bool must_not_throw_at(source_location where) const noexcept;
  void give_up_at_pending();
  void give_way_at_pending();
  void unwind_all();
  void drop_all_copies();
  void drop_copies();
  [[noreturn]] static void on_terminate();
  static void install_terminate_handler();

  struct process {
    std::uint32_t running = 0;  // threads that have not ended, without the daemons
    int status = 0;
  };

  // What every event touches comes first, and together: three lines of the processor's cache.
  green_thread* running_ = nullptr;
  std::uint64_t serial_ = 0;               // of the running thread's process
  exception_state* exceptions_ = nullptr;  // of the OS thread that runs us
  monitor* monitor_ = nullptr;
  director* director_ = nullptr;   // the picker, if it is one
  operation_kinds interests_ = 0;  // the monitor's
  std::uint64_t events_ = 0;
  thread_id running_id_ = no_thread;  // the running thread's number, where headers can see it
  thread_id last_moved_ = 0;          // the thread of the latest event
  bool recording_ = false;
  bool giving_up_ = false;
  bool held_back_ = false;
  bool nothing_new_ = false;
  bool yet_to_stop_ = false;     // the running thread has failed, and goes on up to its next operation
  bool cut_off_ = false;         // there are threads that were cut off
  bool failed_ = false;          // in a directed execution: ending_ says how, and the others go on
  bool counts_threads_ = false;  // processes_ does: from the first daemon or process of the execution on

  std::uint64_t computed_ = 0;       // calls of computes
  std::uint64_t progress_ = 0;       // events that wrote, and threads' ends: what a yielding thread may wait for
  std::size_t yet_to_begin_ = 0;     // how many of to_begin_ have not begun: the last ones
  std::vector<green_thread*> live_;  // those that have begun and not ended, and those to begin, in thread order
  std::vector<std::unique_ptr<green_thread>> threads_;

  std::vector<green_thread*> to_begin_;  // all that were started, in that order
  std::vector<thread_id> candidates_;
  settings settings_;
  picker* picker_ = nullptr;
  std::vector<choice> schedule_;
  std::uint64_t now_ = 0;
  std::uint32_t thread_count_ = 0;
  std::uint32_t faults_left_ = 0;

  const std::function<void()>* body_ = nullptr;
  std::unique_ptr<green_thread> root_;  // stands for the OS thread's own calls, which called run
  std::uint64_t first_serial_;          // of the first process of the execution
  std::uint64_t last_serial_;           // of the latest
  std::exception_ptr thrown_by_monitor_;
  std::vector<source_location> places_that_must_not_throw_;  // learnt, of all executions
  const std::function<void()>* work_for_root_ = nullptr;     // asked for by work_asked_by_, which waits for it
  green_thread* work_asked_by_ = nullptr;
  std::vector<process> processes_ = std::vector<process>(1);
  std::vector<object*> objects_ =
      std::vector<object*>(1, &console_);        // of this execution, by number; null where it was destroyed
  std::vector<std::unique_ptr<object>> copies_;  // of objects, made for processes
  std::uint64_t copies_belong_to_ = 0;           // the serial of the process that is being started, ...
  thread_id copies_for_ = no_thread;             // ... and its main thread
  ending ending_;
  std::vector<std::string> reached_;
  std::string output_;
  std::vector<const void*> shown_addresses_;
  std::unique_ptr<execution_data> atomic_refs_;
  console console_;
  std::unique_ptr<crash_guard> crashes_;  // the last to be made, the first to go: its timer looks at the rest
};

inline bool object::used_here() const noexcept {
  return running_simulator != nullptr && owner_ == running_simulator->serial();
}

inline simulator& object::owner() const {
  simulator& execution = simulator::current();
  if (owner_ != execution.serial()) [[unlikely]]
    wrong_owner();
  return execution;
}

inline simulator& object::owner_of_any_process() const {
  simulator& execution = simulator::current();
  if (!execution.is_present(owner_)) [[unlikely]]
    wrong_owner();
  return execution;
}

}  // namespace heddle::sim
