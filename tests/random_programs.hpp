// What random programs are made of, and how numbers that RapidCheck draws, and shrinks, become programs.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "programs.hpp"

namespace heddle::programs {

/** The more of a kind, the likelier. The first is what everything shrinks to. */
struct mixture {
  const char* name;
  std::vector<const action*> of;  // empty: what two of the others are of, which ones the program draws
  bool careful = true;            // else some of the programs break rules
  bool records = false;           // the values are part of the traces, for updates that may change nothing
  sim::fault_kinds faults = 0;

  friend std::ostream& operator<<(std::ostream& to, const mixture& shown) { return to << shown.name; }
};

inline const std::vector<mixture>& mixtures() {
  static const std::vector<mixture> all{
      {"atomics", {&load, &store, &add, &compare_exchange, &load, &store, &flip}},
      {"updates that may change nothing", {&load, &exchange, &compare_exchange, &exchange, &store}, true, true},
      {"waiting on atomics", {&load, &wait_while, &store, &add, &wake_one, &wake_all, &wait_while}},
      {"plain variables", {&read, &write, &read, &write, &load, &store, &lock, &unlock}},
      {"mutexes", {&load, &lock, &lock, &lock, &lock, &unlock, &try_lock, &store}},
      {"recursive mutexes", {&load, &lock_again, &lock_again, &lock_again, &unlock_again, &try_lock_again, &store}},
      {"shared mutexes",
       {&load, &lock_whole, &lock_shared, &lock_whole, &unlock_either, &try_lock_whole, &try_lock_shared, &store}},
      {"condition variables", {&load, &wait, &notify_one, &notify_all, &lock, &unlock, &wait, &store}},
      {"timed waits", {&load, &wait_a_little, &notify_one, &notify_all, &lock, &unlock, &wait_a_little, &store}},
      {"semaphores", {&load, &acquire, &release, &release, &try_acquire, &store}},
      {"latches", {&load, &count_down, &count_down, &await_latch, &try_wait, &store}},
      {"barriers", {&load, &arrive, &arrive_and_wait, &arrive_and_wait, &store}},
      {"once", {&load, &once, &once_in_vain, &store, &add}},
      {"promises and futures", {&load, &set, &get, &get, &store}},
      {"queues", {&load, &push, &pop, &try_push, &try_pop, &push, &store}},
      {"values drawn", {&load, &draw, &store, &add, &lock, &unlock}},
      {"two of the others", {}},
      {"faults",
       {&load, &compare_exchange_weak, &store, &try_lock, &unlock, &try_acquire, &wait, &notify_one},
       true,
       false,
       static_cast<sim::fault_kinds>(only(sim::fault_kind::weak_cas) | only(sim::fault_kind::try_lock) |
                                     only(sim::fault_kind::spurious_wakeup))},
      {"rules broken",
       {&load, &unlock, &lock, &store, &wait, &notify_one, &lock_shared, &unlock_either, &store, &add},
       false},
  };
  return all;
}

/** A number as a list of small ones. */
class digits {
 public:
  explicit digits(std::uint32_t of) : left_(of) {}
  std::uint32_t below(std::uint32_t n) {
    const std::uint32_t digit = left_ % n;
    left_ /= n;
    return digit;
  }

 private:
  std::uint32_t left_;
};

inline instruction to_instruction(const mixture& from, std::uint32_t number) {
  digits drawn(number);
  instruction made{from.of[drawn.below(static_cast<std::uint32_t>(from.of.size()))]};
  made.object = drawn.below(5) / 3;  // the same one mostly
  made.value = drawn.below(3);
  const std::uint32_t condition = drawn.below(8);
  if (condition > 5) made.only_after = condition - 6;
  return made;
}

/** A program as RapidCheck draws it: plain numbers, which shrink. */
struct numbers {
  std::uint32_t setup = 0;
  std::vector<std::vector<std::uint32_t>> threads;  // main is the last, so that it shrinks as the others do
};

/** Two of the mixtures that need nothing special, as one. */
inline mixture two_of_the_others(const mixture& like, digits& drawn) {
  std::vector<const mixture*> others;
  for (const mixture& each : mixtures()) {
    if (each.careful && !each.records && each.faults == 0 && !each.of.empty()) others.push_back(&each);
  }
  mixture made = like;
  for (int i = 0; i < 2; ++i) {
    const std::vector<const action*>& more = others[drawn.below(static_cast<std::uint32_t>(others.size()))]->of;
    made.of.insert(made.of.end(), more.begin(), more.end());
  }
  return made;
}

inline program to_program(const mixture& from, const numbers& drawn) {
  program made;
  digits setup(drawn.setup);
  made.permits = setup.below(3);
  made.capacity = 1 + setup.below(2);
  made.nested = setup.below(3) == 2;
  made.careful = from.careful;
  const mixture of = from.of.empty() ? two_of_the_others(from, setup) : from;
  made.threads.resize(drawn.threads.size());
  for (std::size_t t = 0; t < drawn.threads.size(); ++t) {
    code& steps = made.threads[(t + 1) % drawn.threads.size()];
    for (const std::uint32_t number : drawn.threads[t]) steps.push_back(to_instruction(of, number));
  }
  return made;
}

/** How long the threads of programs of so many threads may be, that not too many have too many interleavings. */
inline int longest_of(std::size_t threads) { return threads == 2 ? 6 : threads == 3 ? 4 : 3; }

/** For use within a property. */
inline program draw_program(const mixture& from, std::size_t threads) {
  using rc::gen::container;
  using rc::gen::inRange;
  using rc::gen::resize;
  const auto number = resize(100, inRange<std::uint32_t>(0, 1U << 20U));
  const auto steps = [&](int most) { return resize(most, container<std::vector<std::uint32_t>>(number)); };
  numbers drawn;
  drawn.setup = *number;
  drawn.threads = *container<std::vector<std::vector<std::uint32_t>>>(threads, steps(longest_of(threads)));
  drawn.threads.push_back(*steps(1));
  return to_program(from, drawn);
}

}  // namespace heddle::programs
