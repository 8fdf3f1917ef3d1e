// SIGSEGV and its kin: whose they are, and what they are called.
#include "crash_signals.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>

#include "context.hpp"
#include "crashes.hpp"
#include "interrupted.hpp"

namespace heddle::sim {
namespace {

// Enough to unwind from, with the dynamic linker's and a sanitizer's needs.
constexpr std::size_t alternate_size = std::size_t{128} * 1024;

struct handled {
  int number;
  const char* name;
  struct sigaction before;
};

std::array<handled, 5>& handled_signals() {
  static constinit std::array<handled, 5> all{{{SIGSEGV, "SIGSEGV", {}},
                                               {SIGBUS, "SIGBUS", {}},
                                               {SIGFPE, "SIGFPE", {}},
                                               {SIGILL, "SIGILL", {}},
                                               {SIGABRT, "SIGABRT", {}}}};
  return all;
}

const handled* find(int number) {
  for (const handled& each : handled_signals()) {
    if (each.number == number) return &each;
  }
  return nullptr;
}

/** Whether somebody sent it, by kill or raise. */
bool was_sent(const siginfo_t& info) { return info.si_code <= 0; }

const char* describe_segv(const siginfo_t& info, const interrupted_code& code) {
  if (info.si_code == SEGV_MAPERR || info.si_code == SEGV_ACCERR) {
    const bool null = reinterpret_cast<std::uintptr_t>(info.si_addr) < 4096;
    switch (code.fault) {
      case access::read:
        if (null) return "SIGSEGV: a read through the null pointer";
        return info.si_code == SEGV_MAPERR ? "SIGSEGV: a read at an address that is not mapped"
                                           : "SIGSEGV: a read of memory that is protected";
      case access::write:
        if (null) return "SIGSEGV: a write through the null pointer";
        return info.si_code == SEGV_MAPERR ? "SIGSEGV: a write at an address that is not mapped"
                                           : "SIGSEGV: a write to memory that is protected";
      case access::execute:
        return null ? "SIGSEGV: a call through the null pointer" : "SIGSEGV: a call of what is no code";
      case access::unknown:
        return null ? "SIGSEGV: an access through the null pointer"
                    : "SIGSEGV: an access at an address that is not mapped, or protected";
    }
  }
  return "SIGSEGV: an access at an address that cannot be one";  // the processor does not say which
}

const char* describe_bus(const siginfo_t& info) {
  switch (info.si_code) {
    case BUS_ADRALN: return "SIGBUS: a misaligned access";
    case BUS_ADRERR: return "SIGBUS: an access behind the end of a mapped file";
    default: return "SIGBUS: a hardware error of the memory";
  }
}

const char* describe_fpe(const siginfo_t& info) {
  switch (info.si_code) {
    case FPE_INTDIV: return "SIGFPE: integer division by zero, or of the least integer by -1";
    case FPE_INTOVF: return "SIGFPE: integer overflow";
    case FPE_FLTDIV: return "SIGFPE: floating-point division by zero";
    case FPE_FLTOVF: return "SIGFPE: floating-point overflow";
    case FPE_FLTUND: return "SIGFPE: floating-point underflow";
    case FPE_FLTRES: return "SIGFPE: inexact floating-point result";
    default: return "SIGFPE: invalid floating-point operation";
  }
}

const char* describe_sent(int number) {
  switch (number) {
    case SIGSEGV: return "SIGSEGV: raised by the program";
    case SIGBUS: return "SIGBUS: raised by the program";
    case SIGFPE: return "SIGFPE: raised by the program";
    default: return "SIGILL: raised by the program";
  }
}

const char* describe(int number, const siginfo_t& info, const interrupted_code& code) {
  if (number == SIGABRT) return "std::abort was called";
  if (was_sent(info)) return describe_sent(number);
  switch (number) {
    case SIGSEGV: return describe_segv(info, code);
    case SIGBUS: return describe_bus(info);
    case SIGFPE: return describe_fpe(info);
    default: return "SIGILL: an illegal instruction";
  }
}

// None of our threads' business: as if there were no handler of ours.
void pass_on(int number, siginfo_t* info, void* context) {
  const handled* which = find(number);
  if (!was_sent(*info) || info->si_pid == getpid()) crash_guard::say_checker_was_hit(which->name);
  const struct sigaction& before = which->before;
  if ((before.sa_flags & SA_SIGINFO) != 0) return before.sa_sigaction(number, info, context);
  if (before.sa_handler == SIG_IGN && was_sent(*info)) return;
  if (before.sa_handler != SIG_IGN && before.sa_handler != SIG_DFL) return before.sa_handler(number);
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  sigaction(number, &standard, nullptr);
  if (was_sent(*info)) raise(number);  // what an instruction caused comes again by itself
}

// A program that has misaligned accesses trapped must not have ours trapped too, here and from here on.
void allow_misaligned_accesses() {
#if defined(__x86_64__)
  constexpr unsigned long long alignment_check = 1ULL << 18U;
  __builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() & ~alignment_check);
#endif
}

void on_signal(int number, siginfo_t* info, void* context) {
  allow_misaligned_accesses();
  const int error = errno;
  crash_guard* guard = crash_guard::of_calling_thread();
  const bool from_another_process = was_sent(*info) && info->si_pid != getpid();
  if (guard != nullptr && !from_another_process) {
    const bool overflow = number == SIGSEGV && !was_sent(*info) && guard->overflowed(info->si_addr, context);
    const ending_kind kind = overflow            ? ending_kind::stack_overflow
                             : number == SIGABRT ? ending_kind::aborted
                                                 : ending_kind::crash;
    guard->end_from_handler(kind, describe(number, *info, read_interrupted(context)), context);
  }
  pass_on(number, info, context);
  errno = error;
}

/** A stack for the handlers of an OS thread; at the end of that everything is as it was before. */
class alternate_stack {
 public:
  alternate_stack() {
    if (sigaltstack(nullptr, &before_) != 0) return;
    if ((before_.ss_flags & SS_DISABLE) == 0 && before_.ss_size >= alternate_size) return;
    void* memory = mmap(nullptr, alternate_size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_t ours{};
    ours.ss_sp = memory;
    ours.ss_size = alternate_size;
    if (sigaltstack(&ours, nullptr) == 0) {
      memory_ = memory;
    } else {
      munmap(memory, alternate_size);
    }
  }
  ~alternate_stack() {
    if (memory_ == nullptr) return;
    stack_t now{};
    sigaltstack(nullptr, &now);
    if (now.ss_sp == memory_) sigaltstack(&before_, nullptr);
    munmap(memory_, alternate_size);
  }
  alternate_stack(const alternate_stack&) = delete;
  alternate_stack& operator=(const alternate_stack&) = delete;

 private:
  stack_t before_{};
  void* memory_ = nullptr;
};

}  // namespace

// Without SA_NODEFER the signal would stay blocked in the threads that the handler leaves for.
void install_crash_handlers() {
  static const bool installed = [] {
    struct sigaction ours {};
    ours.sa_sigaction = on_signal;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&ours.sa_mask);
    for (handled& each : handled_signals()) sigaction(each.number, &ours, &each.before);
    return true;
  }();
  static_cast<void>(installed);
}

void prepare_alternate_stack() {
  static thread_local const alternate_stack here;
  static_cast<void>(here);
}

void forget_alternate_frames() noexcept {
  stack_t now{};
  if (sigaltstack(nullptr, &now) == 0 && (now.ss_flags & SS_DISABLE) == 0) {
    tools_forget_frames(now.ss_sp, now.ss_size);
  }
}

}  // namespace heddle::sim
