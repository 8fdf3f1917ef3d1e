// The operations of a generated case, and the smaller cases that it can be shrunk to. Needs RapidCheck.
#pragma once

#include <rapidcheck.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <heddle/object_case.hpp>

namespace heddle {

/** An operation with its arguments, on an object and on its model. */
template <class Object, class Model>
class bound_operation {
 public:
  virtual ~bound_operation() = default;
  [[nodiscard]] virtual std::string text() const = 0;
  /** Whether it may be called when the model is in this state: its precondition. */
  [[nodiscard]] virtual bool allowed(const Model& state) const = 0;
  /** Performs it, and keeps its result. */
  virtual void run(Object& object) = 0;
  /** The number of the latest result, from 1. */
  [[nodiscard]] virtual std::uint32_t result_number() = 0;
  [[nodiscard]] virtual std::string result_text() const = 0;
  virtual void forget_result() = 0;
  /** What the model returns in this state, as text; empty where it returns nothing, waits, or allows several results.
   */
  [[nodiscard]] virtual std::string expected_text(const Model& from) const = 0;
  /** The states that it may lead to with the result of this number, or with any where that is 0. */
  virtual void step(const Model& from, std::uint32_t result, std::vector<Model>& to) const = 0;
};

/** The operations of a case, part by part: main's before it starts the threads, those of each thread, and main's after.
 */
template <class Object, class Model>
class case_plan {
 public:
  using operation_pointer = std::shared_ptr<bound_operation<Object, Model>>;
  using drawn_operation = rc::Shrinkable<operation_pointer>;  ///< with what it can be made simpler to
  using all_parts = std::vector<std::vector<drawn_operation>>;

  /** Of so many threads, without any operations. */
  explicit case_plan(std::size_t threads) : parts(threads + 2) {}

  all_parts parts;

  [[nodiscard]] std::vector<operation_pointer> operations() const {
    std::vector<operation_pointer> all;
    for (const auto& part : parts) {
      for (const drawn_operation& each : part) all.push_back(each.value());
    }
    return all;
  }

  /** Every case that is one step smaller and keeps its preconditions: the largest steps first, but pairs last, since
   * there are many. */
  [[nodiscard]] std::vector<case_plan> smaller(const Model& initial) const {
    std::vector<case_plan> all;
    const auto changed = [&](const change& by) {
      case_plan candidate = *this;
      by(candidate.parts);
      if (candidate.keeps_preconditions(initial)) all.push_back(std::move(candidate));
    };
    leave_out_threads(parts, changed);
    leave_out_operations(parts, changed);
    take_out_of_threads(parts, changed);
    simplify_arguments(parts, changed);
    leave_out_pairs(parts, changed);
    return all;
  }

  /** Whether no operation can be called where its precondition does not hold, in whatever order they happen. */
  [[nodiscard]] bool keeps_preconditions(const Model& initial) const {
    std::set<std::pair<std::vector<std::size_t>, Model>> seen;
    std::vector<std::pair<std::vector<std::size_t>, Model>> left;
    const auto visit = [&](std::vector<std::size_t> positions, Model state) {
      auto [at, added] = seen.emplace(std::move(positions), std::move(state));
      if (added) left.push_back(*at);
    };
    visit(std::vector<std::size_t>(parts.size()), initial);
    const std::size_t last = parts.size() - 1;
    while (!left.empty()) {
      const auto [positions, state] = std::move(left.back());
      left.pop_back();
      const auto ended = [&, &at = positions](std::size_t part) { return at[part] == parts[part].size(); };
      bool all_threads_ended = true;
      for (std::size_t i = 1; i < last; ++i) all_threads_ended = all_threads_ended && ended(i);
      for (std::size_t i = 0; i <= last; ++i) {
        if (ended(i) || (i > 0 && !ended(0)) || (i == last && !all_threads_ended)) continue;
        const operation_pointer next = parts[i][positions[i]].value();
        if (!next->allowed(state)) return false;
        std::vector<Model> reached;
        next->step(state, object_case::no_result, reached);
        std::vector<std::size_t> further = positions;
        ++further[i];
        for (auto&& each : reached) visit(further, Model(std::move(each)));  // of a std::vector<bool>, too
      }
    }
    return true;
  }

 private:
  using change = std::function<void(all_parts&)>;

  static void leave_out(all_parts& of, std::size_t part, std::size_t operation) {
    of[part].erase(of[part].begin() + static_cast<std::ptrdiff_t>(operation));
  }

  static void leave_out_threads(const all_parts& from, const std::function<void(const change&)>& changed) {
    const std::size_t last = from.size() - 1;
    for (std::size_t i = 1; i < last && last > 2; ++i) {
      changed([&](all_parts& of) { of.erase(of.begin() + static_cast<std::ptrdiff_t>(i)); });
    }
  }

  static void leave_out_operations(const all_parts& from, const std::function<void(const change&)>& changed) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      for (std::size_t k = 0; k < from[i].size(); ++k) changed([&](all_parts& of) { leave_out(of, i, k); });
    }
  }

  /** What a thread does first main can do before, and what it does last, after. */
  static void take_out_of_threads(const all_parts& from, const std::function<void(const change&)>& changed) {
    for (std::size_t i = 1; i + 1 < from.size(); ++i) {
      if (from[i].empty()) continue;
      changed([&](all_parts& of) {
        of.front().push_back(of[i].front());
        of[i].erase(of[i].begin());
      });
      changed([&](all_parts& of) {
        of.back().insert(of.back().begin(), of[i].back());
        of[i].pop_back();
      });
    }
  }

  static void simplify_arguments(const all_parts& from, const std::function<void(const change&)>& changed) {
    static constexpr int most = 10;  // for each operation
    for (std::size_t i = 0; i < from.size(); ++i) {
      for (std::size_t k = 0; k < from[i].size(); ++k) {
        rc::Seq<drawn_operation> simpler = from[i][k].shrinks();
        for (int taken = 0; taken < most; ++taken) {
          const rc::Maybe<drawn_operation> next = simpler.next();
          if (!next) break;
          changed([&](all_parts& of) { of[i][k] = *next; });
        }
      }
    }
  }

  /** A push and its pop, say, of which neither can be spared alone. */
  static void leave_out_pairs(const all_parts& from, const std::function<void(const change&)>& changed) {
    std::vector<std::pair<std::size_t, std::size_t>> operations;
    for (std::size_t i = 0; i < from.size(); ++i) {
      for (std::size_t k = 0; k < from[i].size(); ++k) operations.emplace_back(i, k);
    }
    for (std::size_t first = 0; first < operations.size(); ++first) {
      for (std::size_t second = first + 1; second < operations.size(); ++second) {
        changed([&](all_parts& of) {  // the later one first, so that the earlier one keeps its place
          leave_out(of, operations[second].first, operations[second].second);
          leave_out(of, operations[first].first, operations[first].second);
        });
      }
    }
  }
};

}  // namespace heddle
