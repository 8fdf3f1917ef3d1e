// Functions of the C and C++ libraries that end the process, in place of theirs: a thread of a program under test ends
// only its execution by them. Everybody else gets the real ones.
//
// They take precedence because the linker looks into a static library before it looks into the shared ones; crashes.cpp
// refers to this file, so that it is there even if nothing but another library calls them.
#include "interposed.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cassert>
#include <cstdlib>
#include <string>

#include "crashes.hpp"

namespace heddle::sim {
namespace {

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/** Does not return in a thread of a program under test. */
void end_execution(const char* function, int status, const void* return_address) {
  if (crash_guard* program = crash_guard::of_calling_thread()) {
    program->end(ending_kind::exited, std::string(function) + "(" + std::to_string(status) + ") was called", {},
                 return_address);
  }
}

/** The library's function of this name, which does not return, or the system call that they all come to. */
[[noreturn]] void end_process(const char* function, int status) {
  if (auto* const theirs = real<void(int)>(function)) theirs(status);
  for (;;) syscall(SYS_exit_group, status);
}

}  // namespace

void link_interposed() noexcept {}

}  // namespace heddle::sim

// Their headers declare them as functions that do not return.
extern "C" {

void exit(int status) noexcept {
  heddle::sim::end_execution("exit", status, __builtin_return_address(0));
  heddle::sim::end_process("exit", status);
}

void quick_exit(int status) noexcept {
  heddle::sim::end_execution("quick_exit", status, __builtin_return_address(0));
  heddle::sim::end_process("quick_exit", status);
}

void _exit(int status) {
  heddle::sim::end_execution("_exit", status, __builtin_return_address(0));
  heddle::sim::end_process("_exit", status);
}

void _Exit(int status) noexcept {
  heddle::sim::end_execution("_Exit", status, __builtin_return_address(0));
  heddle::sim::end_process("_Exit", status);
}

void pthread_exit(void* value) {
  using heddle::sim::crash_guard;
  if (crash_guard* program = crash_guard::of_calling_thread()) {
    program->end(heddle::sim::ending_kind::exited, "pthread_exit was called", {}, __builtin_return_address(0));
  }
  if (auto* const theirs = heddle::sim::real<void(void*)>("pthread_exit")) theirs(value);
  std::abort();
}

void __assert_fail(const char* assertion, const char* file, unsigned int line, const char* function) noexcept {
  using heddle::sim::crash_guard;
  if (crash_guard* program = crash_guard::of_calling_thread()) {
    program->end(heddle::sim::ending_kind::assertion, assertion, {file, line}, __builtin_return_address(0));
  }
  if (auto* const theirs = heddle::sim::real<decltype(__assert_fail)>("__assert_fail")) {
    theirs(assertion, file, line, function);
  }
  std::abort();
}

void __cxa_pure_virtual() {
  using heddle::sim::crash_guard;
  if (crash_guard* program = crash_guard::of_calling_thread()) {
    program->end(heddle::sim::ending_kind::crash, "a pure virtual function was called", {},
                 __builtin_return_address(0));
  }
  if (auto* const theirs = heddle::sim::real<void()>("__cxa_pure_virtual")) theirs();
  std::abort();
}

}  // extern "C"
