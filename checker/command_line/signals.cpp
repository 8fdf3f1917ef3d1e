// Signals, for as long as a command needs them.
#include "command_line/signals.hpp"

#include <cstddef>

namespace heddle::checker {
namespace {

constexpr std::array stopping{SIGINT, SIGTERM};

// A handler can reach nothing but what is global.
constinit std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int) {
  stop_asked.store(true, std::memory_order_relaxed);
  for (const int each : stopping) static_cast<void>(std::signal(each, SIG_DFL));
}

}  // namespace

stop_on_signals::stop_on_signals() {
  stop_asked.store(false, std::memory_order_relaxed);
  struct sigaction ours {};
  ours.sa_handler = on_signal;
  ours.sa_flags = SA_RESTART;
  sigemptyset(&ours.sa_mask);
  for (std::size_t i = 0; i < stopping.size(); ++i) {
    sigaction(stopping[i], nullptr, &before_[i]);
    // What is ignored stays ignored: a shell starts its background jobs like that.
    if (before_[i].sa_handler != SIG_IGN) sigaction(stopping[i], &ours, nullptr);
  }
}

stop_on_signals::~stop_on_signals() {
  for (std::size_t i = 0; i < stopping.size(); ++i) sigaction(stopping[i], &before_[i], nullptr);
}

const std::atomic<bool>& stop_on_signals::flag() const noexcept { return stop_asked; }

ignore_broken_pipes::ignore_broken_pipes() {
  struct sigaction ignoring {};
  ignoring.sa_handler = SIG_IGN;
  sigemptyset(&ignoring.sa_mask);
  sigaction(SIGPIPE, &ignoring, &before_);
}

ignore_broken_pipes::~ignore_broken_pipes() { sigaction(SIGPIPE, &before_, nullptr); }

}  // namespace heddle::checker
