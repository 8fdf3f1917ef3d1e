// The enumerator's programs, run by Heddle.
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <vector>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"
#include "enumerator.hpp"

namespace heddle::oracle {

/** What the threads of the program work on. */
struct objects_of {
  explicit objects_of(const program& of)
      : semaphores{counting_semaphore<>(of.semaphore), counting_semaphore<>(of.semaphore)},
        queues{queue<unsigned>(of.capacity), queue<unsigned>(of.capacity)} {}

  std::array<atomic<int>, most_threads> own{};  // one a thread: what is done to it is independent
  std::array<atomic<unsigned>, objects> variables{};
  std::array<mutex, objects> mutexes;
  std::array<condition_variable, objects> conditions;
  std::array<counting_semaphore<>, objects> semaphores;
  std::array<queue<unsigned>, objects> queues;
  std::array<unsigned, most_threads> registers{};
};

inline void interpret(const code& steps, objects_of& on, std::size_t thread) {
  unsigned& mine = on.registers[thread];
  for (const instruction& each : steps) {
    const std::size_t o = each.object;
    switch (each.what) {
      case action::step: on.own[thread].store(1); break;
      case action::load: mine = remember(mine, on.variables[o].load()); break;
      case action::store: on.variables[o].store(mine + each.value); break;
      case action::add: mine = remember(mine, on.variables[o].fetch_add(each.value)); break;
      case action::lock: on.mutexes[o].lock(); break;
      case action::unlock: on.mutexes[o].unlock(); break;
      case action::acquire: on.semaphores[o].acquire(); break;
      case action::release: on.semaphores[o].release(); break;
      case action::push: on.queues[o].push(mine + each.value); break;
      case action::pop: mine = remember(mine, on.queues[o].pop()); break;
      case action::wait: {
        std::unique_lock<mutex> lock(on.mutexes[each.mutex], std::adopt_lock);
        on.conditions[o].wait(lock);
        static_cast<void>(lock.release());
        break;
      }
      case action::notify_one: on.conditions[o].notify_one(); break;
      case action::notify_all: on.conditions[o].notify_all(); break;
    }
  }
}

struct searched {
  result what;
  outcomes ends;
};

/** All interleavings of the program, by Heddle, and what they end with. */
inline searched search(const program& of) {
  searched found;
  // Kept until the next execution begins: a mutex that is destroyed while it is held is a misuse of its own.
  std::optional<objects_of> kept;
  options with = by_interleavings();
  with.keep_going = true;
  found.what = explore(
      [&] {
        objects_of& on = kept.emplace(of);
        std::vector<thread> threads;
        for (std::size_t t = 1; t < of.threads.size(); ++t) {
          threads.push_back(thread([&, t] { interpret(of.threads[t], on, t); }));  // knows its place
        }
        interpret(of.threads[0], on, 0);
        for (thread& each : threads) each.join();
        std::array<unsigned, objects> values{};
        for (std::size_t o = 0; o < values.size(); ++o) values[o] = on.variables[o].load();
        ++found.ends[show_values(values, on.registers)];
      },
      with);
  for (const auto& [kind, count] : found.what.failures_by_kind) found.ends[kind] += count;
  return found;
}

}  // namespace heddle::oracle
