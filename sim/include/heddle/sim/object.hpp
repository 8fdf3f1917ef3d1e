// The state object under every user type: its identity, and when an operation on it can go.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <heddle/sim/operation.hpp>

namespace heddle::sim {

class simulator;

enum class object_kind : std::uint8_t {
  mutex,
  recursive_mutex,
  timed_mutex,
  recursive_timed_mutex,
  shared_mutex,
  shared_timed_mutex,
  condition_variable,
  semaphore,
  latch,
  barrier,
  once_flag,
  atomic,
  shared,
  queue,
  pipe,
  future,
  stop_state,
  process,
  interpreter_lock,  // the lock of a bytecode interpreter: the GIL
  variable,          // of a program that a bytecode interpreter runs
  event,             // Python's
  history,           // the calls and returns of an object under test
  console,
};

/** The kind's name as reports print it: "condition variable". */
[[nodiscard]] std::string_view to_string(object_kind kind) noexcept;

/**
 * State and rules of one synchronization object or shared variable; the user's type is a thin shell over it.
 *
 * Objects belong to the process that made them, in one execution. They keep state, not lists of sleepers: a thread is
 * blocked exactly while enabled() is false for the operation that it has published.
 */
class object {
 public:
  /** Registers the object with the running execution. Throws std::logic_error outside of one. */
  object(object_kind kind, std::string_view name, source_location where);
  object& operator=(const object&) = delete;
  /** A misuse if another thread is at an operation on it. State that must not be held at its end (a mutex) says so in
   * its own destructor, by destroyed_while. */
  virtual ~object() {
    forget();
    set_owner(destroyed);
  }

  [[nodiscard]] object_id id() const noexcept { return id_; }
  [[nodiscard]] object_kind kind() const noexcept { return kind_; }

  /** Whether `op`, published by `thread`, could be performed in the present state. */
  [[nodiscard]] virtual bool enabled(const operation& op, thread_id thread) const noexcept;

  /** The one thread that `op` waits for while it is not enabled; no_thread where any of several could help. */
  [[nodiscard]] virtual thread_id waits_for(const operation& op) const noexcept;

  /** What decides about its operations' effects, before any of them: a semaphore's count, an atomic's value. */
  [[nodiscard]] virtual cell_value state() const noexcept { return {}; }

  /** A copy for a process that is being started, made by `object(const object&)`; null for a type that has none. */
  [[nodiscard]] virtual std::unique_ptr<object> copy() const { return nullptr; }

  /** Whether the running thread's process may use it as it is: it made it. */
  [[nodiscard]] inline bool used_here() const noexcept;
  /** The running process's copy of it. Where it has none, that is a misuse, and the object itself is returned. */
  [[nodiscard]] object& copy_here() const;

 protected:
  /** An object that belongs to the simulator itself, and is there in all its executions. */
  object(object_kind kind, object_id id) noexcept : id_(id), kind_(kind) {}
  /** A copy for a process that is being started. */
  object(const object& original);

  /** The execution, of which this object must be: a use in another one (a static, say) or by another process ends it
   * as a misuse. */
  [[nodiscard]] inline simulator& owner() const;
  /** The same for an object that processes share, such as a queue. */
  [[nodiscard]] inline simulator& owner_of_any_process() const;

  /** For destructors: if the execution goes on, this is a misuse: "was destroyed while " and `state`. */
  void destroyed_while(std::string_view state) const;

 private:
  friend class simulator;
  static constexpr std::uint64_t destroyed = 1;  // no execution's serial

  void wrong_owner() const;
  void forget() noexcept;
  // Volatile, since to compilers a store in a destructor is dead. It is not: a use after that should be found.
  void set_owner(std::uint64_t serial) noexcept { *const_cast<volatile std::uint64_t*>(&owner_) = serial; }

  std::uint64_t owner_ = 0;  // the serial number of the process that made it
  object_id id_;
  object_kind kind_;
  object* copies_ = nullptr;  // the first of those that processes have of it; each leads to the next
};

/** An object or a thread in the message of a misuse, which is made before anybody knows names: "{object 3}". */
[[nodiscard]] std::string mention(const object& what);
[[nodiscard]] std::string mention(thread_id thread);

}  // namespace heddle::sim
