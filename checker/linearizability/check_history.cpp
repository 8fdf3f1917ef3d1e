// Histories by the names of models: split by key where that is allowed, and each part searched by itself.
#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

#include <heddle/explore.hpp>
#include <heddle/history.hpp>

#include "linearizability/chains.hpp"
#include "linearizability/model_calls.hpp"

namespace heddle {
namespace {

using namespace checker;

/** The operations of one part, by their indices in the whole. */
struct part {
  std::optional<history_value> key;
  std::vector<std::size_t> operations;
};

std::vector<timed_operation> times_of(const recorded_history& history) {
  std::map<std::string_view, std::uint32_t> numbers;
  std::vector<timed_operation> times;
  times.reserve(history.operations.size());
  for (const recorded_operation& each : history.operations) {
    const auto number = static_cast<std::uint32_t>(numbers.size());
    times.push_back({numbers.try_emplace(each.process, number).first->second, each.called, each.returned});
  }
  return times;
}

// Of a history that was not read by read_history.
void require_sense(std::span<const timed_operation> times) {
  try {
    (void)chains_of(times, consistency::sequential);
  } catch (const std::invalid_argument& error) {
    throw request_error(error.what());
  }
}

// Only linearizability may be checked by parts: sequential consistency of each object says nothing about all of them.
std::vector<part> split(const std::vector<model_use>& uses, consistency kind) {
  const bool splits = kind == consistency::linearizable &&
                      std::ranges::all_of(uses, [](const model_use& each) { return each.key.has_value(); });
  if (!splits) {
    std::vector<part> whole(1);
    whole.front().operations.resize(uses.size());
    std::iota(whole.front().operations.begin(), whole.front().operations.end(), std::size_t{0});
    return whole;
  }
  std::map<history_value, std::vector<std::size_t>> by_key;
  for (std::size_t i = 0; i < uses.size(); ++i) by_key[*uses[i].key].push_back(i);
  std::vector<part> parts;
  for (auto& [key, operations] : by_key) parts.push_back({key, std::move(operations)});
  return parts;
}

/** Explanations of parts, with the indices of the whole. */
class part_checker {
 public:
  part_checker(const model& of, std::vector<timed_operation> times, std::vector<model_use> uses, call_space& space,
               consistency kind)
      : model_(of), times_(std::move(times)), uses_(std::move(uses)), space_(space), kind_(kind) {}

  explanation check(const part& of) {
    std::vector<timed_operation> times;
    std::vector<labelled_call> calls;
    for (const std::size_t i : of.operations) {
      times.push_back(times_[i]);
      calls.push_back(uses_[i].call);
    }
    operations_in operations(space_, calls, [this](const labelled_call& call) { return only_reads(model_, call); });
    explanation found = find_order(times, operations, {kind_, false});
    for (std::size_t& each : found.order) each = of.operations[each];
    if (found.unexplained) found.unexplained = of.operations[*found.unexplained];
    return found;
  }

 private:
  const model& model_;
  std::vector<timed_operation> times_;
  std::vector<model_use> uses_;
  call_space& space_;
  consistency kind_;
};

void keep_worst(history_result& result, part&& of, explanation&& found) {
  result.configurations += found.configurations;
  if (found.holds) return;
  ++result.failing_parts;
  const auto returned = [&](const explanation& each) { return result.history.operations[*each.unexplained].returned; };
  if (result.failing_parts > 1 && returned(result.found) < returned(found)) return;
  result.key = std::move(of.key);
  result.part = std::move(of.operations);
  result.found = std::move(found);
}

}  // namespace

history_result check_history(recorded_history history, const history_options& how) {
  const model& of = find_model(how.model);
  history_result result;
  result.asked = how;
  result.history = std::move(history);
  const std::vector<recorded_operation>& operations = result.history.operations;

  const bool as_a_whole = how.keyed && how.consistency == consistency::sequential;
  std::vector<model_use> uses;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    uses.push_back(use_of(of, result.history, i, how.keyed));
    if (as_a_whole) uses.back().call.key = *uses.back().key;
  }
  std::vector<timed_operation> times = times_of(result.history);
  require_sense(times);
  for (const timed_operation& each : times) {
    result.processes = std::max(result.processes, std::size_t{each.process} + 1);
    if (each.returned == never_returned) ++result.unfinished;
  }

  std::vector<part> parts = split(uses, how.consistency);
  result.parts = parts.size();
  call_space space(as_a_whole ? history_value(history_value::list{}) : of.initial(), steps_of(of, as_a_whole));
  part_checker checks(of, std::move(times), std::move(uses), space, how.consistency);
  result.found.holds = true;
  for (part& each : parts) {
    explanation found = checks.check(each);
    keep_worst(result, std::move(each), std::move(found));
  }
  return result;
}

}  // namespace heddle
