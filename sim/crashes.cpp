// The guard of one simulator: how a thread is left, and what is said of it. The handlers are in crash_signals.cpp.
#include "crashes.hpp"

#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unwind.h>

#include <atomic>
#include <utility>

#include <heddle/sim/simulator.hpp>

#include "crash_signals.hpp"
#include "green_thread.hpp"
#include "interposed.hpp"
#include "interrupted.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {
namespace {

/** Return addresses from the frame that `first` is an address in, innermost first. */
struct walk {
  std::uintptr_t first;
  void** into;
  std::size_t most;
  std::size_t depth = 0;
};

// The interrupted instruction itself counts as a call that returns behind it.
_Unwind_Reason_Code visit(_Unwind_Context* frame, void* argument) {
  auto& going = *static_cast<walk*>(argument);
  int is_interrupted = 0;
  const std::uintptr_t address = _Unwind_GetIPInfo(frame, &is_interrupted);
  if (going.depth == 0 && address != going.first) return _URC_NO_REASON;
  going.into[going.depth++] = reinterpret_cast<void*>(address + (is_interrupted != 0 ? 1U : 0U));
  return going.depth < going.most ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/** For handlers, which have no more than this to write with. */
class line {
 public:
  line& operator<<(const char* text) noexcept {
    while (*text != '\0') *this << *text++;
    return *this;
  }
  line& operator<<(char c) noexcept {
    if (length_ == sizeof buffer_) flush();
    buffer_[length_++] = c;
    return *this;
  }
  line& operator<<(std::uint32_t number) noexcept {
    if (number >= 10) *this << number / 10;
    return *this << static_cast<char>('0' + number % 10);
  }
  void flush() noexcept {
    if (write(STDERR_FILENO, buffer_, length_) < 0) return;  // nobody is left to be told
    length_ = 0;
  }
  ~line() { flush(); }

 private:
  char buffer_[512];
  std::size_t length_ = 0;
};

}  // namespace

constinit thread_local std::uint64_t crash_guard::this_os_thread = 0;
constinit bool crash_guard::in_forked_child_ = false;

crash_guard::crash_guard(simulator& of) : of_(of), watchdog_(*this) {
  link_interposed();
  install_crash_handlers();
  static const bool told_of_forks = pthread_atfork(nullptr, nullptr, &crash_guard::in_child_after_fork) == 0;
  static_cast<void>(told_of_forks);
}

// A program under test that calls fork gets a child as it would without Heddle: one that ends by exit, by a signal, or
// with the program, and that never explores anything.
void crash_guard::in_child_after_fork() {
  if (of_calling_thread() != nullptr) in_forked_child_ = true;
}

void crash_guard::end_forked_child() const noexcept {
  const bool failed = of_.ending_.kind != ending_kind::completed;
  for (;;) syscall(SYS_exit_group, failed ? 1 : 0);
}

void crash_guard::prepare_os_thread() {
  static std::atomic<std::uint64_t> os_threads{0};
  if (this_os_thread == 0) {
    this_os_thread = os_threads.fetch_add(1, std::memory_order_relaxed) + 1;
    prepare_alternate_stack();
  }
  os_thread_ = this_os_thread;
  watchdog_.arm(of_.settings_.hang_limit);
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked_);
}

crash_guard* crash_guard::of_calling_thread() noexcept {
  simulator* here = running_simulator;
  if (in_forked_child_) [[unlikely]]
    return nullptr;
  if (here == nullptr || here->running_ == nullptr || here->running_ == here->root_.get()) return nullptr;
  return here->crashes_.get();
}

void crash_guard::end(ending_kind kind, std::string message, source_location where, const void* return_address) {
  pthread_sigmask(SIG_SETMASK, &blocked_, nullptr);
  if (!of_.giving_up_) {
    of_.record_ending(kind, std::move(message), where);
    if (of_.recording_) {
      capture_from(reinterpret_cast<std::uintptr_t>(return_address));
      of_.running_->callers.assign(callers_.data(), callers_.data() + depth_);
    }
    of_.switch_to(*of_.root_);
  }
  of_.abandon();
}

void crash_guard::end_from_handler(ending_kind kind, const char* message, void* context) {
  pthread_sigmask(SIG_SETMASK, &blocked_, nullptr);
  if (std::exchange(capturing_, false)) {
    depth_ = 0;  // the stack was damaged too
  } else if (!of_.giving_up_) {
    of_.giving_up_ = left_by_handler_ = true;
    dead_ = of_.running_;
    of_.ending_.kind = kind;
    of_.ending_.thread = of_.running_->id;
    of_.ending_.where = {};
    message_ = message;
    depth_ = 0;
    // Where in its loop a thread that hangs is interrupted would not be the same every time.
    if (of_.recording_ && kind != ending_kind::hang) {
      const interrupted_code code = read_interrupted(context);
      capturing_ = true;
      capture_from(code.pc);
      if (depth_ <= 1 && code.fault == access::execute && of_.running_->memory.holds(code.stack_pointer)) {
        // A call to where there is no code, from which nobody can unwind: it has only just pushed where it came from.
        callers_[0] = *reinterpret_cast<void**>(code.stack_pointer);
        depth_ = 1;
      }
      capturing_ = false;
    }
  }
  forget_alternate_frames();
  if (dead_ == of_.running_) of_.leave_to(*of_.root_);  // it has not ended yet for those who look at its last state
  of_.abandon();
}

void crash_guard::capture_from(std::uintptr_t first) noexcept {
  walk going{first, callers_.data(), callers_.size()};
  _Unwind_Backtrace(&visit, &going);
  depth_ = going.depth;
}

void crash_guard::complete_ending() {
  left_by_handler_ = false;
  ending& how = of_.ending_;
  switch (how.kind) {
    case ending_kind::stack_overflow: how.message = overflow_message(of_.settings_.stack_size); break;
    case ending_kind::hang: how.message = watchdog::message(of_.settings_.hang_limit); break;
    default: how.message = message_; break;
  }
  of_.threads_[how.thread]->callers.assign(callers_.data(), callers_.data() + depth_);
}

void crash_guard::bury_dead() {
  green_thread& dead = *std::exchange(dead_, nullptr);
  dead.ended = true;
  dead.parked = false;
  dead.exit_calls.clear();
  if (!dead.cut_off) std::erase(of_.live_, &dead);
  tools_forget_frames(dead.memory);
}

bool crash_guard::interrupted_program(void* context) const noexcept {
  return of_calling_thread() == this && of_.running_->memory.holds(read_interrupted(context).stack_pointer);
}

bool crash_guard::overflowed(const void* address, void* context) const noexcept {
  return of_.running_->memory.overflows(reinterpret_cast<std::uintptr_t>(address),
                                        read_interrupted(context).stack_pointer);
}

progress_made crash_guard::progress() const noexcept {
  return {of_.events_ + of_.computed_, of_.schedule_.size(), of_.last_serial_, of_.running_id_};
}

void crash_guard::say_checker_was_hit(const char* signal) noexcept {
  const simulator* here = running_simulator;
  if (here == nullptr || in_forked_child_) return;
  line text;
  text << "heddle: the checker itself was hit by " << signal
       << "; the program under test may have damaged its memory. Choices so far: ";
  for (const choice& each : here->schedule_) {
    text << "twvf"[static_cast<std::size_t>(each.kind)] << each.picked << '/' << each.count << '.';
  }
  text << "end\n";
}

std::string crash_guard::overflow_message(std::size_t stack_size) {
  return "its stack of " + std::to_string(stack_size) +
         " bytes is full: set a larger one with --stack-size (HEDDLE_STACK_SIZE, options::stack_size)";
}

}  // namespace heddle::sim
