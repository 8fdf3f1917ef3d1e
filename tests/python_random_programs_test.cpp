// Random programs over Python's objects: a search of each trace once ends in the ways in which all interleavings do.
#include <cstdint>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <heddle/python/condition.hpp>
#include <heddle/python/event.hpp>
#include <heddle/python/lock.hpp>
#include <heddle/python/queue.hpp>
#include <heddle/python/rlock.hpp>
#include <heddle/python/semaphore.hpp>

#include "outcomes.hpp"

namespace heddle {
namespace {

/** Everything that random programs use, and what their threads note. */
struct objects {
  python::lock l;
  python::rlock r;
  python::bounded_semaphore s;
  python::event e;
  python::queue<int> q{1};
  python::condition c;
};

/** Performs one of these operations; how it went, in a letter. */
using random_operation = std::string (*)(objects& on, source_location at);
std::string yes_or_no(bool is) { return is ? "y" : "n"; }
std::string done() { return "."; }

/** "x" where the call throws. */
template <class Call>
std::string tried(Call&& call) {
  try {
    call();
  } catch (const std::runtime_error&) {
    return "x";
  }
  return ".";
}

const random_operation operations[] = {
    [](objects& on, source_location at) { return yes_or_no(on.l.acquire(true, -1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.l.acquire(false, -1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.l.acquire(true, 1, at)); },
    [](objects& on, source_location at) { return tried([&] { on.l.release(at); }); },
    [](objects& on, source_location at) { return yes_or_no(on.l.locked(at)); },
    [](objects& on, source_location at) { return yes_or_no(on.r.acquire(true, -1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.r.acquire(false, -1, at)); },
    [](objects& on, source_location at) { return tried([&] { on.r.release(at); }); },
    [](objects& on, source_location at) { return yes_or_no(on.s.acquire(true, {}, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.s.acquire(true, 1, at)); },
    [](objects& on, source_location at) { return tried([&] { on.s.release(1, at); }); },
    [](objects& on, source_location at) { return yes_or_no(on.e.wait({}, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.e.wait(1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.e.is_set(at)); },
    [](objects& on, source_location at) { return on.e.set(at), done(); },
    [](objects& on, source_location at) { return on.e.clear(at), done(); },
    [](objects& on, source_location at) { return tried([&] { on.q.put(1, true, {}, at); }); },
    [](objects& on, source_location at) { return tried([&] { on.q.put(1, true, 1, at); }); },
    [](objects& on, source_location at) { return tried([&] { on.q.put_nowait(1, at); }); },
    [](objects& on, source_location at) { return tried([&] { static_cast<void>(on.q.get(true, {}, at)); }); },
    [](objects& on, source_location at) { return tried([&] { static_cast<void>(on.q.get(true, 1, at)); }); },
    [](objects& on, source_location at) { return std::to_string(on.q.qsize(at)); },
    [](objects& on, source_location at) { return tried([&] { on.q.task_done(at); }); },
    [](objects& on, source_location at) { return on.q.join(at), done(); },
    [](objects& on, source_location at) {
      on.c.lock(at);
      const bool notified = on.c.wait({}, at);
      on.c.unlock(at);
      return yes_or_no(notified);
    },
    [](objects& on, source_location at) {
      on.c.lock(at);
      const bool notified = on.c.wait(1, at);
      on.c.unlock(at);
      return yes_or_no(notified);
    },
    [](objects& on, source_location at) {
      on.c.lock(at);
      on.c.notify(1, at);
      on.c.unlock(at);
      return done();
    },
};

/** What each thread does, main first: numbers of operations. */
using random_program = std::vector<std::vector<std::size_t>>;

struct ends {
  std::set<std::string> outcomes;
  result found;
};

ends ends_of(const random_program& program, options with) {
  with.keep_going = true;
  outcome_counts counts;
  result found = explore(
      [&] {
        objects on;
        std::vector<std::string> notes(program.size());
        const auto run = [&](std::size_t number) {
          // At places of their own: what times out again and again at the same one is taken for a loop.
          auto line = static_cast<std::uint32_t>(100 * number);
          for (const std::size_t each : program[number]) notes[number] += operations[each](on, {"program", ++line});
        };
        std::vector<std::unique_ptr<thread>> threads;
        for (std::size_t number = 1; number < program.size(); ++number) {
          threads.push_back(std::make_unique<thread>([&run, number] { run(number); }));
        }
        run(0);
        for (const auto& each : threads) each->join();
        std::string outcome;
        for (const std::string& each : notes) outcome += each + "|";
        ++counts[outcome];
      },
      with);
  RC_ASSERT(found.exhaustive);
  for (const auto& [kind, count] : found.failures_by_kind) counts[kind] += count;
  return {names_of(counts), std::move(found)};
}

RC_GTEST_PROP(python_objects, end_by_traces_as_by_interleavings, ()) {
  const auto below = [](std::size_t n) { return *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, n)); };
  // Operations of few objects, so that they meet; those of a condition are several each.
  constexpr std::size_t first_of_condition = std::size(operations) - 3;
  const std::size_t begin = below(std::size(operations));
  random_program program(2 + below(2));
  for (auto& each : program) {
    for (std::size_t left = 1 + below(program.size() == 2 ? 3 : 2); left > 0; --left) {
      each.push_back((begin + below(8)) % std::size(operations));
      if (each.back() >= first_of_condition && left > 1) --left;
    }
  }
  RC_LOG() << rc::toString(program);
  const ends all = ends_of(program, by_interleavings());
  const ends by_trace = ends_of(program, {});
  RC_ASSERT(by_trace.outcomes == all.outcomes);
  RC_ASSERT(by_trace.found.strategy == "dpor");
  RC_ASSERT(by_trace.found.traces.value_or(0) + by_trace.found.failures == by_trace.found.executions);
  RC_ASSERT(by_trace.found.executions <= all.found.executions);
}

}  // namespace
}  // namespace heddle
