#include "detectors/detectors.hpp"

#include "detectors/deadlock_detector.hpp"

namespace heddle::checker {

namespace {

using sim::operation_kind;

// What can close a cycle without blocking anybody: a notified thread waits for its mutex from then on, and a writer may
// have come to wait for the last reader of a shared mutex.
constexpr sim::operation_kinds cycle_closing =
    sim::kinds({operation_kind::notify_one, operation_kind::notify_all, operation_kind::unlock_shared});
constexpr sim::operation_kinds plain_accesses = sim::kinds({operation_kind::read, operation_kind::write});

}  // namespace

sim::operation_kinds detectors::interests() const noexcept {
  if (look_for_lost_updates_) return ~sim::operation_kinds{0};
  return cycle_closing | (look_for_races_ ? plain_accesses : 0) | (tracks_races_ ? happens_before::synchronizing : 0);
}

void detectors::on_begin(sim::simulator& execution) {
  execution_ = &execution;
  if (tracks_races_) races_.begin();
  if (look_for_lost_updates_) updates_.begin();
  stopped_for_.reset();
  found_.reset();
  consequence_.reset();
}

void detectors::on_event(const sim::event& happened) {
  const sim::operation_kind kind = happened.what.kind;
  if (tracks_races_) {
    races_.on_event(happened);
  } else if (look_for_races_ && (kind == operation_kind::read || kind == operation_kind::write)) {
    must_track_races_ = true;
    return execution_->stop();
  }
  if (look_for_lost_updates_) {
    updates_.on_event(happened);
    if (fail_on_lost_update_ && !stopped_for_ && !updates_.found().empty()) {
      stopped_for_ = updates_.found().front();
      execution_->stop();
    }
  }
  if (contains(cycle_closing, kind) && happened.succeeded && !execution_->directed()) {
    for (sim::thread_id thread = 0; thread < execution_->thread_count(); ++thread) look_for_cycle(thread);
  }
}

void detectors::on_blocked(sim::thread_id thread) { look_for_cycle(thread); }

void detectors::look_for_cycle(sim::thread_id thread) {
  if (stopped_for_) return;
  std::optional<finding> cycle = cycle_from(thread);
  if (!cycle || may_be_opened(*cycle)) return;
  stopped_for_ = std::move(cycle);
  execution_->stop();
}

// Whether one of the locks could be released by a thread that is not in the cycle, as Python's Lock may be.
bool detectors::may_be_opened(const finding& cycle) const {
  return std::any_of(cycle.threads.begin(), cycle.threads.end(), [&](sim::thread_id thread) {
    const sim::operation& op = execution_->thread(thread).pending;
    return op.kind == operation_kind::lock && op.argument == sim::python_rules &&
           op.target->kind() == sim::object_kind::mutex;
  });
}

std::optional<finding> detectors::cycle_from(sim::thread_id thread) const {
  std::vector<sim::thread_id> cycle = waiting_cycle(*execution_, thread);
  if (cycle.empty()) return std::nullopt;
  return finding{.kind = failure_kind::deadlock,
                 .thread = thread,
                 .object = sim::no_object,
                 .events = {},
                 .threads = std::move(cycle),
                 .message = {}};
}

std::optional<finding> detectors::any_cycle() const {
  for (sim::thread_id thread = 0; thread < execution_->thread_count(); ++thread) {
    if (std::optional<finding> cycle = cycle_from(thread)) return cycle;
  }
  return std::nullopt;
}

void detectors::on_end(const sim::ending& how) {
  found_ = judge(how);
  if (tracks_races_ && races_.found() && how.kind != sim::ending_kind::discarded &&
      how.kind != sim::ending_kind::mismatch) {
    consequence_ = std::exchange(found_, races_.found());
  }
}

std::optional<finding> detectors::judge_by_property(bool blocked) const {
  if (!judge_) return std::nullopt;
  if (std::optional<finding> cycle = blocked ? any_cycle() : std::nullopt) return cycle;
  const std::optional<objection> against = judge_(blocked);
  if (!against) return std::nullopt;
  if (blocked && against->kind == failure_kind::deadlock) return judge_blocked(*execution_);  // it says who waits
  finding result;
  result.kind = against->kind;
  result.message = against->message;
  return result;
}

std::optional<finding> detectors::judge(const sim::ending& how) const {
  finding result;
  result.thread = how.thread;
  result.message = how.message;
  switch (how.kind) {
    case sim::ending_kind::completed: return judge_by_property(false);
    case sim::ending_kind::discarded: return std::nullopt;
    case sim::ending_kind::stopped: return stopped_for_;
    case sim::ending_kind::blocked: return judge_ ? judge_by_property(true) : judge_blocked(*execution_);
    case sim::ending_kind::assertion: result.kind = failure_kind::assertion; break;
    case sim::ending_kind::uncaught_exception: result.kind = failure_kind::uncaught_exception; break;
    case sim::ending_kind::misuse: result.kind = failure_kind::misuse; break;
    case sim::ending_kind::crash: result.kind = failure_kind::crash; break;
    case sim::ending_kind::stack_overflow: result.kind = failure_kind::stack_overflow; break;
    case sim::ending_kind::aborted: result.kind = failure_kind::abort; break;
    case sim::ending_kind::exited: result.kind = failure_kind::exit; break;
    case sim::ending_kind::hang: result.kind = failure_kind::hang; break;
    case sim::ending_kind::event_limit:
      // A directed execution goes on where a cycle closes: others may run on for ever beside it.
      if (std::optional<finding> cycle = any_cycle()) return cycle;
      result.kind = failure_kind::livelock;
      break;
    case sim::ending_kind::mismatch:
      result.kind = failure_kind::nondeterminism;
      result.message = "the program did not come to the same choices again.";
      break;
  }
  return result;
}

}  // namespace heddle::checker
