// Sequential models of any types, as find_order wants them: states and steps get numbers, and are computed once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <type_traits>
#include <utility>
#include <vector>

#include <heddle/linearizability.hpp>

namespace heddle {

/**
 * The states of a sequential model and the steps between them, computed when they are asked for, and then kept: many
 * histories of the same operations share one. State and Operation need `operator<`; an Operation includes its result,
 * or that it never returned.
 *
 * @code
 *   // A counter that may saturate at 3, or wrap around.
 *   heddle::state_space<int, std::string> counter(0, [](int from, const std::string&, std::vector<int>& to) {
 *     to.push_back(from < 3 ? from + 1 : 3);
 *     if (from == 3) to.push_back(0);
 *   });
 *   heddle::operations_in operations(counter, {"add", "add"});
 *   heddle::explanation found = heddle::find_order(history, operations);
 * @endcode
 *
 * Not for several threads at once.
 */
template <class State, class Operation>
class state_space {
 public:
  /** Adds to `to` each state that the operation may lead to, as transition_system::step does. */
  using step_function = std::function<void(const State& from, const Operation& operation, std::vector<State>& to)>;
  /** An operation with its result; equal ones have the same number. */
  using label = std::uint32_t;

  state_space(const State& initial, step_function step) : step_(std::move(step)) { number_of(initial); }
  state_space(const state_space&) = delete;
  state_space& operator=(const state_space&) = delete;

  [[nodiscard]] static constexpr state_id initial() noexcept { return 0; }
  [[nodiscard]] label label_of(const Operation& operation) { return number(labels_, operations_, operation); }
  [[nodiscard]] const State& state(state_id which) const { return *states_[which]; }
  [[nodiscard]] std::size_t size() const noexcept { return states_.size(); }

  /** The states that an operation leads to. Valid until the next call. */
  [[nodiscard]] const std::vector<state_id>& step(state_id from, label operation) {
    const auto [found, added] = steps_.try_emplace({from, operation});
    if (added) compute(from, operation, found->second);
    return found->second;
  }

 private:
  template <class Value>
  using numbers = std::map<Value, std::uint32_t>;

  // Values stay where they are in a map, so that they are found by their numbers, too.
  template <class Value>
  static std::uint32_t number(numbers<Value>& all, std::vector<const Value*>& by_number, const Value& value) {
    const auto [found, added] = all.try_emplace(value, static_cast<std::uint32_t>(by_number.size()));
    if (added) by_number.push_back(&found->first);
    return found->second;
  }

  state_id number_of(const State& state) { return number(ids_, states_, state); }

  void compute(state_id from, label operation, std::vector<state_id>& to) {
    reached_.clear();
    step_(*states_[from], *operations_[operation], reached_);
    for (const State& each : reached_) to.push_back(number_of(each));
  }

  step_function step_;
  numbers<State> ids_;
  std::vector<const State*> states_;
  numbers<Operation> labels_;
  std::vector<const Operation*> operations_;
  std::map<std::pair<state_id, label>, std::vector<state_id>> steps_;
  std::vector<State> reached_;
};

/** The operations of one history in a state space, for find_order. The space has to outlive it. */
template <class State, class Operation>
class operations_in final : public transition_system {
 public:
  /**
   * `history`: the operations, with the indices that they have in the history. `only_reads`: which of them change
   * nothing (transition_system::only_reads); none if it is left out.
   */
  operations_in(state_space<State, Operation>& space, const std::vector<Operation>& history,
                const std::function<bool(const std::type_identity_t<Operation>&)>& only_reads = {})
      : space_(&space) {
    for (const Operation& each : history) {
      labels_.push_back(space.label_of(each));
      reads_.push_back(only_reads && only_reads(each));
    }
  }

  state_id initial() override { return space_->initial(); }

  void step(state_id from, std::size_t operation, std::vector<state_id>& to) override {
    const std::vector<state_id>& reached = space_->step(from, labels_[operation]);
    to.insert(to.end(), reached.begin(), reached.end());
  }

  [[nodiscard]] bool only_reads(std::size_t operation) override { return reads_[operation]; }

 private:
  state_space<State, Operation>* space_;
  std::vector<typename state_space<State, Operation>::label> labels_;
  std::vector<bool> reads_;
};

}  // namespace heddle
