// Small programs as data, and the oracle for them: every interleaving by brute force, with none of the simulator's
// code.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heddle::oracle {

inline constexpr std::size_t most_threads = 5;  // main included
inline constexpr std::size_t objects = 2;       // of each kind

enum class action { step, load, store, add, lock, unlock, acquire, release, push, pop, wait, notify_one, notify_all };

struct instruction {
  action what = action::step;
  std::size_t object = 0;
  unsigned value = 0;     // added to what is stored, added or pushed
  std::size_t mutex = 0;  // of a wait
};

using code = std::vector<instruction>;

/** Main starts the other threads, runs its own code, and joins them in order. */
struct program {
  std::vector<code> threads;  // the first is main's
  unsigned semaphore = 0;     // what each semaphore starts with
  std::size_t capacity = 1;   // of each queue
};

/** How many interleavings end how: with which values, or in which failure. */
using outcomes = std::map<std::string, std::uint64_t>;

/** The values that a program ends with, as a key of outcomes. */
inline std::string show_values(const std::array<unsigned, objects>& variables,
                               const std::array<unsigned, most_threads>& registers) {
  std::string text;
  for (const unsigned value : variables) text += std::to_string(value) + " ";
  for (const unsigned value : registers) text += " " + std::to_string(value);
  return text;
}

/** What a thread remembers of all that it has seen, `value` being the latest. */
inline unsigned remember(unsigned so_far, unsigned value) { return so_far * 7 + value + 1; }

/** A state between two steps. */
class machine {
 public:
  explicit machine(const program& of) : of_(&of) { semaphores_.fill(of.semaphore); }

  [[nodiscard]] std::size_t threads() const { return of_->threads.size(); }
  [[nodiscard]] bool ended(std::size_t t) const { return at_[t] == of_->threads[t].size(); }

  [[nodiscard]] bool enabled(std::size_t t) const {
    if (ended(t)) return false;
    const instruction& next = of_->threads[t][at_[t]];
    switch (next.what) {
      case action::lock: return !holders_[next.object] || holders_[next.object] == t;  // then a misuse
      case action::acquire: return semaphores_[next.object] > 0;
      case action::push: return queues_[next.object].size() < of_->capacity;
      case action::pop: return !queues_[next.object].empty();
      case action::wait: return waits_[t] == waiting::no || (waits_[t] == waiting::notified && !holders_[next.mutex]);
      default: return true;
    }
  }

  /** The threads that a notify_one, if that is what comes next, can wake; else empty. */
  [[nodiscard]] std::vector<std::size_t> wakeable_by(std::size_t t) const {
    const instruction& next = of_->threads[t][at_[t]];
    return next.what == action::notify_one ? waiting_on(next.object) : std::vector<std::size_t>{};
  }

  /** Performs the next step of `t`; false where it breaks the rules. */
  bool perform(std::size_t t, std::optional<std::size_t> wakes) {
    const instruction& now = of_->threads[t][at_[t]];
    const std::size_t o = now.object;
    switch (now.what) {
      case action::step: break;
      case action::load: see(t, variables_[o]); break;
      case action::store: variables_[o] = registers_[t] + now.value; break;
      case action::add: see(t, variables_[o]), variables_[o] += now.value; break;
      case action::lock:
        if (holders_[o] == t) return false;
        holders_[o] = t;
        break;
      case action::unlock:
        if (holders_[o] != t) return false;
        holders_[o].reset();
        break;
      case action::acquire: --semaphores_[o]; break;
      case action::release: ++semaphores_[o]; break;
      case action::push: queues_[o].push_back(registers_[t] + now.value); break;
      case action::pop: see(t, queues_[o].front()), queues_[o].erase(queues_[o].begin()); break;
      case action::wait:
        if (waits_[t] == waiting::no) {
          if (holders_[now.mutex] != t) return false;
          holders_[now.mutex].reset();
          waits_[t] = waiting::yes;
          return true;  // the wake is a step of its own
        }
        holders_[now.mutex] = t;
        waits_[t] = waiting::no;
        break;
      case action::notify_one:
        if (wakes) waits_[*wakes] = waiting::notified;
        break;
      case action::notify_all:
        for (const std::size_t each : waiting_on(o)) waits_[each] = waiting::notified;
        break;
    }
    ++at_[t];
    return true;
  }

  /** Whether some threads wait for each other in a circle, by mutexes and main's joins. */
  [[nodiscard]] bool has_cycle() const {
    for (std::size_t from = 0; from < threads(); ++from) {
      std::optional<std::size_t> t = from;
      for (std::size_t steps = 0; t && steps < threads(); ++steps) {
        t = waits_for(*t);
        if (t == from) return true;
      }
    }
    return false;
  }

  /** What becomes of an execution in which nobody can move. */
  [[nodiscard]] std::string outcome() const {
    bool all_ended = true;
    for (std::size_t t = 0; t < threads(); ++t) {
      if (waits_[t] == waiting::yes) return "lost-wakeup";
      all_ended = all_ended && ended(t);
    }
    return all_ended ? show_values(variables_, registers_) : "deadlock";
  }

 private:
  enum class waiting : unsigned char { no, yes, notified };

  void see(std::size_t t, unsigned value) { registers_[t] = remember(registers_[t], value); }

  [[nodiscard]] std::vector<std::size_t> waiting_on(std::size_t condition) const {
    std::vector<std::size_t> found;
    for (std::size_t t = 0; t < threads(); ++t) {
      if (waits_[t] == waiting::yes && of_->threads[t][at_[t]].object == condition) found.push_back(t);
    }
    return found;
  }

  [[nodiscard]] std::optional<std::size_t> waits_for(std::size_t t) const {
    if (!ended(t)) {
      const instruction& next = of_->threads[t][at_[t]];
      if (next.what == action::lock) return holders_[next.object] == t ? std::nullopt : holders_[next.object];
      if (waits_[t] == waiting::notified) return holders_[next.mutex];
    } else if (t == 0) {
      for (std::size_t other = 1; other < threads(); ++other) {
        if (!ended(other)) return other;
      }
    }
    return std::nullopt;
  }

  const program* of_;
  std::array<std::size_t, most_threads> at_{};
  std::array<unsigned, most_threads> registers_{};
  std::array<waiting, most_threads> waits_{};
  std::array<unsigned, objects> variables_{};
  std::array<unsigned, objects> semaphores_{};
  std::array<std::optional<std::size_t>, objects> holders_{};
  std::array<std::vector<unsigned>, objects> queues_{};
};

/** Adds to `found` the outcomes of all interleavings from `now` on; false if there are more than `left`. */
inline bool enumerate(const machine& now, outcomes& found, std::uint64_t& left) {
  const auto count = [&](const std::string& outcome) { return left > 0 && (--left, ++found[outcome], true); };
  if (now.has_cycle()) return count("deadlock");
  bool anybody = false;
  for (std::size_t t = 0; t < now.threads(); ++t) {
    if (!now.enabled(t)) continue;
    anybody = true;
    const std::vector<std::size_t> wakeable = now.wakeable_by(t);
    for (std::size_t way = 0; way == 0 || way < wakeable.size(); ++way) {
      machine next = now;
      const bool in_order = next.perform(t, wakeable.empty() ? std::nullopt : std::optional(wakeable[way]));
      if (in_order ? !enumerate(next, found, left) : !count("misuse")) return false;
    }
  }
  return anybody || count(now.outcome());
}

}  // namespace heddle::oracle
