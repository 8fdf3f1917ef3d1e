#include "watchdog.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "crashes.hpp"
#include "interrupted.hpp"

// Where the program's own code lies: names of the linker's.
extern "C" {
extern const char __executable_start;
extern const char etext;
}

namespace heddle::sim {
namespace {

constexpr std::uint32_t ticks_in_limit = 10;
constexpr std::chrono::nanoseconds shortest_period = std::chrono::milliseconds(1);

// In a library, such as in malloc, a thread may hold what everybody needs. Once its time is up it is left
// in its own code, if it comes back there within as many short ticks.
constexpr std::uint32_t patience = 200;

bool in_own_code(std::uintptr_t pc) {
  return pc >= reinterpret_cast<std::uintptr_t>(&__executable_start) && pc < reinterpret_cast<std::uintptr_t>(&etext);
}

/** Somebody who steps through the program takes his time, and wants no signals. */
bool under_debugger() {
  const int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  std::array<char, 4096> text{};
  const ssize_t length = read(file, text.data(), text.size() - 1);
  close(file);
  if (length <= 0) return false;
  const char* tracer = std::strstr(text.data(), "TracerPid:");
  return tracer != nullptr && std::atoi(tracer + std::strlen("TracerPid:")) != 0;
}

}  // namespace

void watchdog::arm(std::chrono::nanoseconds limit) {
  disarm();
  static const bool debugged = under_debugger();  // asked once, since every search arms a watchdog; and by its ticks
  if (limit.count() <= 0 || debugged) return;
  static const int number = install_handler();
  if (number == 0) return;
  sigset_t ticks;
  sigemptyset(&ticks);
  sigaddset(&ticks, number);
  pthread_sigmask(SIG_UNBLOCK, &ticks, nullptr);

  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = number;
  event.sigev_value.sival_ptr = this;
  event._sigev_un._tid = gettid();  // sigev_notify_thread_id, which not every C library names
  if (timer_create(CLOCK_MONOTONIC, &event, &timer_) != 0) return;
  armed_ = true;
  unchanged_ = 0;
  period_ = std::max(shortest_period, limit / ticks_in_limit);
  tick_every(period_);
}

void watchdog::disarm() noexcept {
  if (armed_) timer_delete(timer_);
  armed_ = false;
}

void watchdog::tick_every(std::chrono::nanoseconds period) const noexcept {
  constexpr std::int64_t second = 1'000'000'000;
  const timespec length{period.count() / second, period.count() % second};
  const itimerspec when{length, length};
  timer_settime(timer_, 0, &when, nullptr);
}

/** The signal's number; 0 where none is left. */
int watchdog::install_handler() {
  for (int number = SIGRTMAX - 2; number >= SIGRTMIN; --number) {
    struct sigaction before {};
    if (sigaction(number, nullptr, &before) != 0 || (before.sa_flags & SA_SIGINFO) != 0 ||
        before.sa_handler != SIG_DFL) {
      continue;
    }
    struct sigaction ours {};
    ours.sa_sigaction = &watchdog::on_signal;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART | SA_NODEFER;
    sigemptyset(&ours.sa_mask);
    if (sigaction(number, &ours, nullptr) == 0) return number;
  }
  return 0;
}

// A tick may still be under way when its watchdog is gone: only that of the program that runs here is looked at.
void watchdog::on_signal(int /*number*/, siginfo_t* info, void* context) {
  const int error = errno;
  crash_guard* guard = crash_guard::of_calling_thread();
  if (guard != nullptr && info->si_code == SI_TIMER && info->si_value.sival_ptr == &guard->dog()) {
    guard->dog().tick(context);
  }
  errno = error;
}

void watchdog::tick(void* context) {
  if (unchanged_ == 0 && under_debugger()) return disarm();
  const bool hurries = unchanged_ >= ticks_in_limit;
  const progress_made now = guards_.progress();
  if (!guards_.interrupted_program(context) || now != last_) {
    last_ = now;
    unchanged_ = 0;
    if (hurries) tick_every(period_);
    return;
  }
  ++unchanged_;
  if (unchanged_ < ticks_in_limit) return;
  if (!in_own_code(read_interrupted(context).pc) && unchanged_ < ticks_in_limit + patience) {
    if (!hurries) tick_every(shortest_period);
    return;
  }
  unchanged_ = 0;
  if (hurries) tick_every(period_);
  guards_.end_from_handler(ending_kind::hang, nullptr, context);
}

std::string watchdog::message(std::chrono::nanoseconds limit) {
  const auto in = [&](std::int64_t unit, const char* name) {
    const bool whole = limit.count() % unit == 0;
    return whole ? std::to_string(limit.count() / unit) + name : std::string();
  };
  std::string length = in(1'000'000'000, " s");
  if (length.empty()) length = in(1'000'000, " ms");
  if (length.empty()) length = in(1, " ns");
  return "it ran for " + length +
         " without coming to an operation: an endless loop, or a call that blocks in real time";
}

}  // namespace heddle::sim
