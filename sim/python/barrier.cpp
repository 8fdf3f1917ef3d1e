#include <heddle/python/barrier.hpp>

#include <mutex>
#include <utility>

namespace heddle::python {
namespace {

/** A lock held at given places of the source. */
class held {
 public:
  held(lock& what, sim::source_location where) : lock_(what), where_(where) { lock_.lock(where); }
  held(const held&) = delete;
  held& operator=(const held&) = delete;
  ~held() {
    const sim::simulator::in_destructor guard;
    lock_.unlock(where_);
  }

 private:
  lock& lock_;
  sim::source_location where_;
};

}  // namespace

barrier::barrier(std::int64_t parties, std::function<void()> action, time_limit timeout, std::string_view name,
                 sim::source_location where)
    : parties_(parties),
      action_(std::move(action)),
      timeout_(timeout),
      lock_(name, where),
      changed_(lock_, name, where) {
  if (parties < 1) throw value_error("parties must be > 0");
}

std::int64_t barrier::wait(time_limit timeout, sim::source_location where) {
  const held guard(lock_, where);
  enter(where);
  const std::int64_t index = count_++;
  try {
    if (count_ == parties_) {
      let_all_go(where);
    } else {
      wait_for_others(timeout ? timeout : timeout_, where);
    }
  } catch (...) {
    leave(where);
    throw;
  }
  leave(where);
  return index;
}

// Those of the phase before may not be gone yet.
void barrier::enter(sim::source_location where) {
  while (phase_ == phase::draining || phase_ == phase::resetting) static_cast<void>(changed_.wait({}, where));
  if (phase_ == phase::broken) throw broken_barrier_error();
}

void barrier::let_all_go(sim::source_location where) {
  try {
    if (action_) action_();
  } catch (...) {
    change_to(phase::broken, where);
    throw;
  }
  change_to(phase::draining, where);
}

void barrier::wait_for_others(time_limit timeout, sim::source_location where) {
  if (!changed_.wait_for([this] { return phase_ != phase::filling; }, timeout, where)) {
    change_to(phase::broken, where);
    throw broken_barrier_error();
  }
  if (phase_ != phase::draining) throw broken_barrier_error();
}

void barrier::leave(sim::source_location where) {
  if (--count_ == 0 && (phase_ == phase::draining || phase_ == phase::resetting)) change_to(phase::filling, where);
}

void barrier::change_to(phase next, sim::source_location where) {
  phase_ = next;
  changed_.notify_all(where);
}

void barrier::reset(sim::source_location where) {
  const held guard(lock_, where);
  if (count_ == 0) return change_to(phase::filling, where);
  if (phase_ == phase::filling || phase_ == phase::broken) phase_ = phase::resetting;
  changed_.notify_all(where);
}

void barrier::abort(sim::source_location where) {
  const held guard(lock_, where);
  change_to(phase::broken, where);
}

std::int64_t barrier::n_waiting(sim::source_location where) {
  const held guard(lock_, where);
  return phase_ == phase::filling ? count_ : 0;
}

bool barrier::broken(sim::source_location where) {
  const held guard(lock_, where);
  return phase_ == phase::broken;
}

}  // namespace heddle::python
