#include "linearizability/model_calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include <heddle/explore.hpp>

#include "linearizability/models/entries.hpp"

namespace heddle::checker {
namespace {

template <class Range>
std::string names_of(const Range& range) {
  std::string names;
  for (const auto& each : range) names.append(names.empty() ? "" : ", ").append(each.name);
  return names;
}

/** "FILE:LINE: " of a call or a return, or which operation it is. */
std::string place(const recorded_history& history, std::size_t operation, std::uint64_t line) {
  if (history.file.empty()) return fmt::format("operation {} of the history: ", operation);
  return fmt::format("{}:{}: ", history.file, line);
}

std::string keyed_text(const shape& wanted, bool keyed) {
  return keyed ? fmt::format("[key, argument] with {} as the argument", wanted.text) : std::string(wanted.text);
}

/** An operation being looked up. */
struct lookup {
  const model& of;
  const recorded_history& history;
  std::size_t index;
  bool keyed;

  [[nodiscard]] const recorded_operation& recorded() const { return history.operations[index]; }

  [[noreturn]] void refuse_call(const std::string& why) const {
    throw request_error(place(history, index, recorded().called) + why);
  }
  [[noreturn]] void refuse_result(const std::string& why) const {
    throw request_error(place(history, index, recorded().returned) + why);
  }

  [[nodiscard]] std::size_t operation() const {
    const auto found = std::ranges::find(of.operations, recorded().name, &model_operation::name);
    if (found == of.operations.end()) {
      refuse_call(fmt::format("{} does not know the operation {}, only: {}", of.name, recorded().name,
                              names_of(of.operations)));
    }
    return static_cast<std::size_t>(found - of.operations.begin());
  }

  [[nodiscard]] std::pair<history_value, history_value> key_and_argument(const model_operation& what) const {
    const history_value& given = recorded().argument;
    const history_value::list* const pair = given.as_list();
    const bool has_key = !keyed || (pair != nullptr && pair->size() == 2);
    const history_value argument = !keyed ? given : has_key ? pair->back() : history_value();
    if (!has_key || !what.takes.fits(argument)) {
      refuse_call(fmt::format("{} takes {}, not {}", what.name, keyed_text(what.takes, keyed), to_text(given)));
    }
    return {keyed ? pair->front() : history_value(), argument};
  }

  [[nodiscard]] history_value without_key(const history_value& result, const history_value& key) const {
    if (!keyed || result.is_nothing()) return result;
    const history_value::list* const pair = result.as_list();
    if (pair != nullptr && pair->size() == 2 && pair->front() == key) return pair->back();
    refuse_result(fmt::format("the result of {} is {}: give [key, result], with the key {} of the call",
                              recorded().name, to_text(result), to_text(key)));
  }

  [[nodiscard]] std::optional<history_value> result(const model_operation& what, const labelled_call& call,
                                                    const history_value& key) const {
    if (recorded().returned == never_returned) return std::nullopt;
    history_value given = without_key(recorded().result, key);
    const bool silent = given.is_nothing() || (given == call.argument && !what.gives.fits(given));
    if (silent && what.without_result == silence::unknown) return std::nullopt;
    if (silent && what.without_result == silence::yes) return true;
    if (!what.gives.fits(given)) {
      refuse_result(fmt::format("{} gives {}, not {}", what.name, what.gives.text, to_text(recorded().result)));
    }
    if (!what.unordered) return given;
    history_value::list items = *given.as_list();
    std::ranges::sort(items);
    return items;
  }
};

/** Adds what a call does to one object, unless that is not what was recorded. */
std::optional<history_value> apply(const model& of, const history_value& state, const labelled_call& call) {
  std::optional<outcome> reached = of.operations[call.operation].apply(state, {call.argument, call.process});
  if (!reached || (call.result && reached->result != *call.result)) return std::nullopt;
  return std::move(reached->state);
}

}  // namespace

const model& find_model(std::string_view name) {
  const auto found = std::ranges::find(model_table(), name, &model::name);
  if (found != model_table().end()) return *found;
  throw request_error(fmt::format("unknown model {}; give one of: {}", name, names_of(model_table())));
}

model_use use_of(const model& of, const recorded_history& history, std::size_t operation, bool keyed) {
  const lookup look{of, history, operation, keyed};
  model_use use;
  use.call.operation = look.operation();
  const model_operation& what = of.operations[use.call.operation];
  auto [key, argument] = look.key_and_argument(what);
  use.call.argument = std::move(argument);
  use.call.result = look.result(what, use.call, key);
  if (what.by_process) use.call.process = look.recorded().process;
  if (keyed) {
    use.key = std::move(key);
  } else if (what.key != nullptr) {
    use.key = what.key(use.call.argument);
  }
  return use;
}

bool only_reads(const model& of, const labelled_call& call) {
  const reading reads = of.operations[call.operation].reads;
  const bool refused = call.result && *call.result == history_value(false);
  return reads == reading::always || (reads == reading::if_refused && refused);
}

call_space::step_function steps_of(const model& of, bool many) {
  if (!many) {
    return [&of](const history_value& from, const labelled_call& call, std::vector<history_value>& to) {
      if (auto reached = apply(of, from, call)) to.push_back(std::move(*reached));
    };
  }
  return [&of](const history_value& from, const labelled_call& call, std::vector<history_value>& to) {
    const history_value* const known = entry(from, call.key);
    const auto reached = apply(of, known != nullptr ? *known : of.initial(), call);
    if (reached) to.push_back(with_entry(from, call.key, *reached));
  };
}

}  // namespace heddle::checker
