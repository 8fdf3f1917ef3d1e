#include <heddle/python/condition.hpp>

#include <algorithm>

#include <heddle/sim/simulator.hpp>

namespace heddle::python {
namespace {

// What a thread releases that leaves the line: more than a notification, so that a notifier finds it.
constexpr std::uint64_t left_the_line = 2;

}  // namespace

condition::condition(std::string_view name, sim::source_location where)
    : own_(std::make_unique<rlock>(name, where)), lock_(&own_->state()), name_(name), made_at_(where) {}

// Whose a Lock is, nobody knows: CPython tries to take it, and if it cannot, believes that it is the caller's.
void condition::must_be_held(const char* otherwise, sim::source_location where) {
  if (lock_->held_here() || sim::simulator::current().giving_up()) return;
  if (!lock_->is_recursive()) {
    if (!lock_->try_acquire(where)) return;
    lock_->release(where);
  }
  throw runtime_error(otherwise);
}

condition::place condition::begin_wait(bool limited, sim::source_location where) {
  must_be_held("cannot wait on un-acquired lock", where);
  place its{std::make_shared<semaphore_state>(sim::object_kind::condition_variable, 0, semaphore_state::no_bound, name_,
                                              made_at_),
            lock_->is_recursive() ? lock_->levels() : 1, limited};
  waiting_.push_back(its);
  lock_->release(where, its.levels);
  return its;
}

bool condition::await_notification(const place& its, std::uint64_t deadline, sim::source_location where) {
  const bool notified = its.woken->acquire(deadline, where);
  if (!notified) its.woken->release(left_the_line, where);
  return notified;
}

bool condition::try_end_wait(const place& its, sim::source_location where) {
  const bool taken = lock_->try_acquire(where, its.levels);
  if (taken) leave_line(its);
  return taken;
}

void condition::end_wait(const place& its, sim::source_location where) {
  static_cast<void>(lock_->acquire(sim::no_deadline, where, its.levels));
  leave_line(its);
}

// A notifier has taken it out, unless its time was over.
void condition::leave_line(const place& its) {
  std::erase_if(waiting_, [&](const place& each) { return each.woken == its.woken; });
}

bool condition::wait_until(std::uint64_t deadline, sim::source_location where) {
  const place its = begin_wait(deadline != sim::no_deadline, where);
  const bool notified = await_notification(its, deadline, where);
  end_wait(its, where);
  return notified;
}

void condition::notify(std::size_t count, sim::source_location where) {
  must_be_held("cannot notify on un-acquired lock", where);
  while (count > 0 && !waiting_.empty() && !sim::simulator::current().giving_up()) {
    const place first = waiting_.front();
    waiting_.pop_front();
    if (first.may_leave && first.woken->try_acquire(where)) continue;  // it has left
    first.woken->release(1, where);
    --count;
  }
}

}  // namespace heddle::python
