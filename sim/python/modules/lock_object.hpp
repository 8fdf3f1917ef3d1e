// threading.Lock and RLock.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <heddle/python/lock.hpp>
#include <heddle/python/rlock.hpp>

#include "python/modules/waiting.hpp"

namespace heddle::python {

/** A Lock or an RLock; also those of multiprocessing, which processes have in common. */
class lock_object final : public instance_object {
 public:
  /** A lock of class `of`; `called` in reports. */
  lock_object(const class_object& of, bool recursive, bool between_processes, std::string called,
              source_location where);

  [[nodiscard]] lock_state& state() const { return plain_ ? plain_->state() : recursive_->state(); }
  [[nodiscard]] lock* plain() noexcept { return plain_ ? &*plain_ : nullptr; }
  [[nodiscard]] rlock* recursive() noexcept { return recursive_ ? &*recursive_ : nullptr; }

  /** In a child process the lock is taken, for ever, if it was taken when the process was started. */
  heap_object* copy(interpreter& to) const override;

 private:
  bool between_processes_;
  std::string called_;
  source_location made_at_;
  std::optional<lock> plain_;
  std::optional<rlock> recursive_;
};

/** A new one of threading's. */
[[nodiscard]] lock_object& new_lock(thread_state& by, bool recursive, std::string called);

/** A new RLock of multiprocessing's. */
[[nodiscard]] lock_object& new_process_rlock(thread_state& by, std::string called);

/** Takes it, waiting as long as is allowed; whether it was taken. */
bool take(thread_state& by, lock_state& what, const patience& how, std::uint32_t levels = 1);
/** Lets it go; RuntimeError. */
void let_go(thread_state& by, lock_state& what);

/** threading.Lock and RLock, the functions. */
[[nodiscard]] value make_lock(thread_state& by, const arguments& given);
[[nodiscard]] value make_rlock(thread_state& by, const arguments& given);
[[nodiscard]] const class_object& lock_class();

/** Adds Lock and RLock of multiprocessing to its module. */
void add_process_locks(module_object& to);

}  // namespace heddle::python
