#include <heddle/python/thread.hpp>

#include <utility>

#include <heddle/daemon_thread.hpp>

namespace heddle::python {

void thread::start(sim::source_location where) {
  if (std::exchange(shared_->started, true)) throw runtime_error("threads can only be started once");
  auto body = [shared = shared_, target = std::move(target_), where] {
    shared->number = sim::simulator::current().running();
    target();
    shared->ended.set(where);
  };
  if (daemon_) {
    daemon_thread(name_, std::move(body), where);
  } else {
    heddle::thread(name_, std::move(body), where).detach(where);
  }
}

void thread::join(time_limit timeout, sim::source_location where) {
  if (!shared_->started) throw runtime_error("cannot join thread before it is started");
  if (shared_->number == sim::simulator::current().running()) throw runtime_error("cannot join current thread");
  static_cast<void>(shared_->ended.wait(timeout, where));
}

bool thread::is_alive(sim::source_location where) { return shared_->started && !shared_->ended.is_set(where); }

}  // namespace heddle::python
