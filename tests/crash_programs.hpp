// Programs that crash, hang, or leave, each in a way of its own, and the failure that it is.
#pragma once

#include <pthread.h>
#include <unistd.h>

#include <cassert>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <heddle/heddle.hpp>

#include "detected.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define HEDDLE_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEDDLE_TEST_SANITIZED 1
#endif
#endif

// What is undefined on purpose must not be reported by a sanitizer first.
#define UNDEFINED [[gnu::noinline]] __attribute__((no_sanitize("undefined")))

namespace heddle {

UNDEFINED inline void write_null() {
  volatile int* volatile nowhere = nullptr;
  mark<0>(__builtin_LINE() + 1);
  *nowhere = 1;
}

UNDEFINED inline int read_null() {
  const volatile int* volatile nowhere = nullptr;
  return mark<0>(), *nowhere;
}

UNDEFINED inline void call_null() {
  void (*volatile nothing)() = nullptr;
  mark<0>(), nothing();
}

UNDEFINED inline void write_to_a_constant() {
  const auto* text = "a constant";
  volatile char* volatile constant = const_cast<char*>(text);
  mark<0>(__builtin_LINE() + 1);
  *constant = 'b';
}

UNDEFINED inline int divide_by_zero() {
  volatile int zero = 0;
  volatile int one = 1;
  return mark<0>(), one / zero;
}

UNDEFINED inline void trap() { mark<0>(), __builtin_trap(); }

inline const volatile bool for_ever = true;

UNDEFINED inline int recurse(int n) {  // NOLINT(misc-no-recursion)
  volatile int here = n;
  return for_ever ? here + recurse(n + 1) + here : 0;
}

UNDEFINED inline int recurse_in_large_steps(int n) {  // NOLINT(misc-no-recursion)
  volatile char here[100'000];                        // NOLINT(modernize-avoid-c-arrays)
  here[0] = static_cast<char>(n);
  return for_ever ? here[0] + recurse_in_large_steps(n + 1) + here[0] : 0;
}

// NOLINTNEXTLINE(misc-no-recursion)
UNDEFINED inline int recurse_with_operations(atomic<int>& n) {
  return for_ever ? n.fetch_add(1) + recurse_with_operations(n) + 1 : 0;
}

// NOLINTNEXTLINE(misc-no-recursion)
UNDEFINED inline std::uint32_t recurse_with_random() { return for_ever ? random(2) + recurse_with_random() + 1 : 0; }

struct unfinished {
  unfinished() { call(); }
  void call() { pure(); }
  virtual void pure() = 0;

 protected:
  ~unfinished() = default;
};
struct finished final : unfinished {
  void pure() override {}
};

inline void throw_in_noexcept() noexcept {
  const auto fail = [] { throw std::runtime_error("thrown"); };
  fail();
}

inline void spin() {
  volatile bool never = false;
  while (!never) mark<0>();
}

// ---- what an exception says of itself is the program's own code

struct crashes_in_what : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return write_null(), ""; }
};
struct leaves_in_what : std::exception {
  [[nodiscard]] const char* what() const noexcept override { std::exit(3); }
};
struct hangs_in_what : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return spin(), ""; }
};
struct says_nothing : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return nullptr; }
};

// Its frame ends a megabyte below a stack that is much smaller.
UNDEFINED inline void large_frame() {
  volatile char here[1'000'000];  // NOLINT(modernize-avoid-c-arrays)
  here[0] = 1;
  static_cast<void>(here[0]);
}

// In the handler of a signal that is blocked meanwhile: the next execution must find it unblocked.
inline void abort_in_handler() {
  std::signal(SIGUSR1, [](int) { std::abort(); });
  std::raise(SIGUSR1);
}

#if defined(__x86_64__) && !defined(HEDDLE_TEST_SANITIZED)  // whose own code is not aligned
UNDEFINED inline void misaligned() {
  alignas(16) static volatile char bytes[16] = {};  // NOLINT(modernize-avoid-c-arrays)
  __builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() | (1ULL << 18U));
  static_cast<void>(*reinterpret_cast<volatile int*>(bytes + 1));
}
#endif

/** One way to crash, and how it is reported. */
struct crash_case {
  const char* name;
  failure_kind kind;
  std::string_view message;  // "@0" where the place is; empty: it depends on the compiler or the library
  void (*crash)();
};

inline const crash_case crash_cases[] = {
    {"write_null", failure_kind::crash, "crash in b: SIGSEGV: a write through the null pointer (@0).", write_null},
    {"read_null", failure_kind::crash, "crash in b: SIGSEGV: a read through the null pointer (@0).",
     [] { read_null(); }},
    {"call_null", failure_kind::crash, "crash in b: SIGSEGV: a call through the null pointer (@0).", call_null},
    {"write_to_a_constant", failure_kind::crash, "crash in b: SIGSEGV: a write to memory that is protected (@0).",
     write_to_a_constant},
    {"divide", failure_kind::crash, "crash in b: SIGFPE: integer division by zero, or of the least integer by -1 (@0).",
     [] { divide_by_zero(); }},
    {"illegal", failure_kind::crash, "crash in b: SIGILL: an illegal instruction (@0).", trap},
    {"raised", failure_kind::crash, "crash in b: SIGBUS: raised by the program (@0).",
     [] { mark<0>(), static_cast<void>(std::raise(SIGBUS)); }},
    {"pure_virtual", failure_kind::crash, "", [] { finished now; }},
    {"abort", failure_kind::abort, "abort in b: std::abort was called (@0).", [] { mark<0>(), std::abort(); }},
    {"assert", failure_kind::assertion, "check failed in b: one == 2 (@0).",
     [] {
       [[maybe_unused]] const int one = 1;
       mark<0>(), assert(one == 2);
     }},
    {"exit", failure_kind::exit, "exit in b: exit(3) was called (@0).", [] { mark<0>(), std::exit(3); }},
    {"quick_exit", failure_kind::exit, "exit in b: quick_exit(0) was called (@0).",
     [] { mark<0>(), std::quick_exit(0); }},
    {"_exit", failure_kind::exit, "exit in b: _exit(1) was called (@0).", [] { mark<0>(), _exit(1); }},
    {"_Exit", failure_kind::exit, "exit in b: _Exit(1) was called (@0).", [] { mark<0>(), std::_Exit(1); }},
    {"terminate", failure_kind::uncaught_exception, "", [] { std::terminate(); }},
    {"throw_in_noexcept", failure_kind::uncaught_exception, "", throw_in_noexcept},
    {"stack_overflow", failure_kind::stack_overflow, "", [] { recurse(0); }},
    {"large_frames", failure_kind::stack_overflow, "", [] { recurse_in_large_steps(0); }},
    {"stack_overflow_in_random", failure_kind::stack_overflow, "", [] { recurse_with_random(); }},
    {"stack_overflow_at_an_operation", failure_kind::stack_overflow, "",
     [] {
       atomic<int> n(0, "n");
       recurse_with_operations(n);
     }},
    {"hang", failure_kind::hang,
     "hang in b: it ran for 100 ms without coming to an operation: an endless loop, or a call that blocks in real "
     "time, after its exchange (@1).",
     spin},
    {"pthread_exit", failure_kind::exit, "exit in b: pthread_exit was called (@0).",
     [] { mark<0>(), pthread_exit(nullptr); }},
    {"what_crashes", failure_kind::crash, "", [] { throw crashes_in_what(); }},
    {"what_leaves", failure_kind::exit, "", [] { throw leaves_in_what(); }},
    {"what_hangs", failure_kind::hang, "", [] { throw hangs_in_what(); }},
    {"what_is_null", failure_kind::uncaught_exception, "", [] { throw says_nothing(); }},
    {"large_frame", failure_kind::stack_overflow, "", large_frame},
    {"abort_in_handler", failure_kind::abort, "", abort_in_handler},
#if defined(__x86_64__) && !defined(HEDDLE_TEST_SANITIZED)
    {"misaligned", failure_kind::crash, "", misaligned},
#endif
    {"blocks_in_real_time", failure_kind::hang, "", [] { std::this_thread::sleep_for(std::chrono::hours(1)); }},
};

/** b crashes if it comes behind a: in one of two executions. */
inline void crash_behind_a(void (*crash)()) {
  atomic<bool> first(true, "first");
  const auto go = [&](void (*crash_here)()) {
    if (mark<1>(), !first.exchange(false) && crash_here != nullptr) crash_here();
  };
  two([&] { go(nullptr); }, [&] { go(crash); });
}

}  // namespace heddle
