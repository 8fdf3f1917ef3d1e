// The state object under every user type: its identity, and when an operation on it can go.
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/sim/operation.hpp>

namespace heddle::sim {

class simulator;

enum class object_kind : std::uint8_t {
  mutex,
  recursive_mutex,
  condition_variable,
  semaphore,
  atomic,
  shared,
  queue,
  console,
};

/** The kind's name as reports print it: "condition variable". */
[[nodiscard]] std::string_view to_string(object_kind kind) noexcept;

/**
 * State and rules of one synchronization object or shared variable; the user's type is a thin shell over it.
 *
 * Objects belong to the execution that made them. They keep state, not lists of sleepers: a thread is
 * blocked exactly while enabled() is false for the operation that it has published.
 */
class object {
 public:
  /** Registers the object with the running execution. Throws std::logic_error outside of one. */
  object(object_kind kind, std::string_view name, source_location where);
  object(const object&) = delete;
  object& operator=(const object&) = delete;

  [[nodiscard]] object_id id() const noexcept { return id_; }
  [[nodiscard]] object_kind kind() const noexcept { return kind_; }

  /** Whether `op`, published by `thread`, could be performed in the present state. */
  [[nodiscard]] virtual bool enabled(const operation& op, thread_id thread) const noexcept;

  /** The one thread that `op` waits for while it is not enabled; no_thread where any of several could help. */
  [[nodiscard]] virtual thread_id waits_for(const operation& op) const noexcept;

 protected:
  /** An object that belongs to the simulator itself, and is there in all its executions. */
  object(object_kind kind, object_id id) noexcept : execution_(0), id_(id), kind_(kind) {}
  ~object() = default;

  /** The execution that this object belongs to; a use in another one (a static, say) ends that as a misuse. */
  [[nodiscard]] inline simulator& owner() const;

 private:
  void used_in_another_execution() const;

  std::uint64_t execution_;  // the serial number of the execution that made it
  object_id id_;
  object_kind kind_;
};

}  // namespace heddle::sim
