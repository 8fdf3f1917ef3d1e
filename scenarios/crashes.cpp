// Programs that crash, each in one kind of interleaving: what one thread has looked at, another one changes.
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {

// In no unnamed namespace, where the compiler would know all derived classes and call the only run() directly.
/** A task that registers itself. */
class task {
 public:
  task(heddle::atomic<task*>& registry, heddle::atomic<int>& count) {
    registry.store(this);  // before the derived class is there
    count.fetch_add(1);
  }
  task(const task&) = delete;
  task& operator=(const task&) = delete;
  virtual void run() = 0;

 protected:
  ~task() = default;
};

class empty_task final : public task {
 public:
  using task::task;
  void run() override {}
};

namespace {

/** The two threads of these programs. */
template <class First, class Second>
void run_both(First first, Second second) {
  heddle::thread a("a", first);
  heddle::thread b("b", second);
  a.join();
  b.join();
}

// What would be reported by a sanitizer is the crash that is shown here. Each is a function of its own, which
// no optimization may look into.
#define HEDDLE_CRASHES [[gnu::noinline, gnu::noclone]] __attribute__((no_sanitize("undefined")))
#if defined(__clang__)
#undef HEDDLE_CRASHES
#define HEDDLE_CRASHES [[gnu::noinline]] __attribute__((no_sanitize("undefined")))
#endif

HEDDLE_CRASHES int read_through(const volatile int* pointer) { return *pointer; }

HEDDLE_CRASHES int divide(int total, int count) {
  const volatile int divisor = count;
  const volatile int quotient = total / divisor;  // which the compiler believes to be looked at
  return quotient;
}

// Ends at 0: below, it only gets farther away. On one line, since it depends on the compiler where in it the stack is
// full.
HEDDLE_CRASHES int sum_to_zero(volatile int&& n) { return n == 0 ? 0 : n + sum_to_zero(n - 1); }

void read_a_value_that_is_taken_away(const arguments& /*args*/) {
  const int value = 42;
  heddle::atomic<const int*> current(&value, "current");
  run_both(
      [&] {
        if (current.load() != nullptr) read_through(current.load());  // what was there may be gone by now
      },
      [&] { current.store(nullptr); });
}

void divide_by_a_count_that_becomes_zero(const arguments& /*args*/) {
  heddle::atomic<int> count(2, "count");
  run_both(
      [&] {
        if (count.load() != 0) divide(100, count.load());
      },
      [&] { count.store(0); });
}

void abort_if_somebody_is_in(const arguments& /*args*/) {
  heddle::atomic<int> inside(0, "inside");
  const auto enter_and_leave = [&] {
    if (inside.fetch_add(1) != 0) std::abort();
    inside.fetch_sub(1);
  };
  run_both(enter_and_leave, enter_and_leave);
}

void exit_if_stopped(const arguments& /*args*/) {
  heddle::atomic<bool> stopped(false, "stopped");
  run_both(
      [&] {
        if (stopped.load()) std::exit(3);
      },
      [&] { stopped.store(true); });
}

void recurse_below_zero(const arguments& /*args*/) {
  heddle::atomic<int> left(1, "left");
  const auto take = [&] {
    if (left.load() > 0) sum_to_zero(left.fetch_sub(1) - 1);  // both may have seen the last one
  };
  run_both(take, take);
}

void throw_where_nothing_may_be_thrown(const arguments& /*args*/) {
  heddle::atomic<int> left(1, "left");
  const auto take = [&] {
    if (left.load() > 0 && left.fetch_sub(1) == 0) throw std::underflow_error("nothing is left");
  };
  const auto take_safely = [&]() noexcept { take(); };
  run_both(take_safely, take_safely);
}

void call_a_task_under_construction(const arguments& /*args*/) {
  heddle::atomic<task*> registry(nullptr, "registry");
  heddle::atomic<int> count(0, "count");
  std::optional<empty_task> made;
  run_both([&] { made.emplace(registry, count); },
           [&] {
             // Constructors write to their objects unseen: a search sees no more of how far one has come than the
             // count.
             if (task* found = registry.load()) {
               count.fetch_sub(1);
               found->run();
             }
           });
}

void wait_for_a_copy_to_change(const arguments& /*args*/) {
  heddle::atomic<bool> ready(false, "ready");
  run_both([&] { ready.store(true); },
           [&] {
             const volatile bool seen = ready.load();  // once, outside of the loop
             while (!seen) {
             }
           });
}

scenario crash_of(const char* name, const char* summary, expectation (*expected)(const arguments&),
                  void (*body)(const arguments&)) {
  return {.name = name, .summary = summary, .tags = {"atomic", "crash", "bug"}, .expected = expected, .body = body};
}

}  // namespace

scenario crash_segfault() {
  return crash_of("crash-segfault", "A thread reads through a pointer that another one sets to null after its check.",
                  fails<failure_kind::crash>, read_a_value_that_is_taken_away);
}

scenario crash_division() {
  return crash_of("crash-division", "A thread divides by a count that another one sets to zero after its check.",
                  fails<failure_kind::crash>, divide_by_a_count_that_becomes_zero);
}

scenario crash_pure_virtual() {
  return crash_of("crash-pure-virtual", "A constructor hands out its object, and another thread calls it too early.",
                  fails<failure_kind::crash>, call_a_task_under_construction);
}

scenario crash_abort() {
  return crash_of("crash-abort", "A thread aborts if it is not alone, and nothing makes sure that it is.",
                  fails<failure_kind::abort>, abort_if_somebody_is_in);
}

scenario crash_exit() {
  return crash_of("crash-exit", "A thread calls exit when it finds that it has been told to stop.",
                  fails<failure_kind::exit>, exit_if_stopped);
}

scenario crash_terminate() {
  return crash_of("crash-terminate", "A function that is noexcept throws if two threads take the last item.",
                  fails<failure_kind::uncaught_exception>, throw_where_nothing_may_be_thrown);
}

scenario crash_stack_overflow() {
  return crash_of("crash-stack-overflow", "A recursion down to zero has no end if two threads take the last item.",
                  fails<failure_kind::stack_overflow>, recurse_below_zero);
}

scenario hang() {
  return crash_of("hang", "A thread looks at a flag once, and then waits in a loop for what it saw to change.",
                  fails<failure_kind::hang>, wait_for_a_copy_to_change);
}

}  // namespace heddle::scenarios
