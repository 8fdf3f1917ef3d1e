// Small random histories, and the slow and obvious way to decide whether an order explains one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include <heddle/linearizability.hpp>

namespace heddle::test {

/** Numbers drawn alike on every machine. */
class dice {
 public:
  explicit dice(std::uint64_t seed) : engine_(seed) {}

  /** From 0 to count - 1. */
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool percent(std::size_t chance) { return below(100) < chance; }

 private:
  std::mt19937_64 engine_;
};

/** Calls and returns at random, as the processes make progress at random; `effects` are the operations by the moments
 * when they happened, each between its call and its return. Some never return, with or without having happened. */
struct random_times {
  std::vector<timed_operation> history;
  std::vector<std::size_t> effects;
};

inline random_times draw_times(dice& with, std::size_t operations, std::uint32_t processes) {
  struct progress {
    std::optional<std::size_t> open;
    bool happened = false;
    bool lost = false;
  };
  random_times result;
  std::vector<progress> all(processes);
  std::size_t open = 0;
  for (std::uint64_t now = 1; result.history.size() < operations || open > 0; ++now) {
    const auto process = static_cast<std::uint32_t>(with.below(processes));
    progress& one = all[process];
    if (std::ranges::all_of(all, [](const progress& each) { return each.lost; })) break;
    if (one.lost) continue;
    if (!one.open) {
      if (result.history.size() == operations) continue;
      one = {result.history.size(), false, false};
      result.history.push_back({process, now, never_returned});
      ++open;
    } else if (with.percent(7)) {
      one.lost = true;
      --open;
    } else if (!one.happened) {
      one.happened = true;
      result.effects.push_back(*one.open);
    } else {
      result.history[*one.open].returned = now;
      one.open.reset();
      --open;
    }
  }
  return result;
}

/** All states that an operation, by its index, leads to from a state. */
template <class State>
using all_steps = std::function<std::vector<State>(const State&, std::size_t)>;

/** Decides by going through all orders; for histories of a few operations. */
template <class State>
class brute_force {
 public:
  brute_force(std::span<const timed_operation> history, State initial, all_steps<State> steps, order_request what)
      : history_(history), initial_(std::move(initial)), steps_(std::move(steps)), what_(what) {}

  /** Whether an order has all that returned by then and, for linearizability, nothing that was called later. */
  [[nodiscard]] bool explained_until(std::uint64_t time) const {
    return extend(std::vector<bool>(history_.size()), initial_, time, false);
  }
  [[nodiscard]] bool holds() const {
    return extend(std::vector<bool>(history_.size()), initial_, never_returned - 1, what_.stuck);
  }
  /** By its definition: the first to return of those that no order explains. */
  [[nodiscard]] std::optional<std::size_t> unexplained() const {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < history_.size(); ++i) {
      const std::uint64_t returned = history_[i].returned;
      if (returned == never_returned || explained_until(returned)) continue;
      if (!first || returned < history_[*first].returned) first = i;
    }
    return first;
  }
  /** The states after an order; none if it is not allowed, or the model cannot go through it. */
  [[nodiscard]] std::vector<State> states_after(const std::vector<std::size_t>& order) const {
    std::vector<bool> done(history_.size());
    std::vector<State> states{initial_};
    for (const std::size_t i : order) {
      if (!may_come(done, i)) return {};
      done[i] = true;
      std::vector<State> next;
      for (const State& state : states) {
        for (State& each : steps_(state, i)) next.push_back(std::move(each));
      }
      states = std::move(next);
    }
    return states;
  }
  [[nodiscard]] bool waits(std::size_t i) const { return what_.stuck && history_[i].returned == never_returned; }
  [[nodiscard]] bool able(const State& state, std::size_t i) const { return !steps_(state, i).empty(); }

 private:
  [[nodiscard]] bool precedes(std::size_t i, std::size_t j) const {
    const bool earlier = history_[i].returned < history_[j].called;
    if (what_.consistency == consistency::linearizable) return earlier;
    return earlier && history_[i].process == history_[j].process;
  }
  [[nodiscard]] bool may_come(const std::vector<bool>& done, std::size_t i) const {
    if (done[i] || waits(i)) return false;
    for (std::size_t j = 0; j < done.size(); ++j) {
      if (!done[j] && precedes(j, i)) return false;
    }
    return true;
  }
  [[nodiscard]] bool complete(const std::vector<bool>& done, const State& state, std::uint64_t time, bool stuck) const {
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (!done[i] && history_[i].returned <= time) return false;
      if (stuck && waits(i) && able(state, i)) return false;
    }
    return true;
  }
  [[nodiscard]] bool extend(std::vector<bool> done, const State& state, std::uint64_t time, bool stuck) const {
    if (complete(done, state, time, stuck)) return true;
    for (std::size_t i = 0; i < done.size(); ++i) {
      const bool too_late = what_.consistency == consistency::linearizable && history_[i].called > time;
      if (too_late || !may_come(done, i)) continue;
      done[i] = true;
      for (const State& next : steps_(state, i)) {
        if (extend(done, next, time, stuck)) return true;
      }
      done[i] = false;
    }
    return false;
  }

  std::span<const timed_operation> history_;
  State initial_;
  all_steps<State> steps_;
  order_request what_;
};

}  // namespace heddle::test
