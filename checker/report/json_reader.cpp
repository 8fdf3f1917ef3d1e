// Results out of JSON: the other way round than json_report.cpp.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

#include <heddle/explore.hpp>
#include <heddle/result.hpp>

namespace heddle {
namespace {

using json = nlohmann::ordered_json;

[[noreturn]] void not_a_result(std::string_view key, std::string_view why) {
  throw request_error(fmt::format("is not a result: \"{}\" {}", key, why));
}

template <class Value>
constexpr bool is_optional = false;
template <class Value>
constexpr bool is_optional<std::optional<Value>> = true;

/** Whether the value has the type, and is in its range. nlohmann::json would convert numbers of all kinds. */
template <class Value>
bool holds(const json& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    return value.is_boolean();
  } else if constexpr (std::is_unsigned_v<Value>) {
    return value.is_number_unsigned() && value.get<std::uint64_t>() <= std::numeric_limits<Value>::max();
  } else if constexpr (std::is_floating_point_v<Value>) {
    return value.is_number();
  } else {
    return value.is_string();
  }
}

template <class Value>
void read(const json& from, std::string_view key, Value& into) {
  const auto found = from.find(key);
  if (found == from.end()) {
    if constexpr (is_optional<Value>) return;
    not_a_result(key, "is missing");
  }
  if constexpr (is_optional<Value>) {
    if (found->is_null()) return;
    using held = typename Value::value_type;
    if (!holds<held>(*found)) not_a_result(key, "is not what it should be");
    into = found->template get<held>();
  } else {
    if (!holds<Value>(*found)) not_a_result(key, "is not what it should be");
    into = found->template get<Value>();
  }
}

/** A text that is null where it is empty. */
void read_text(const json& from, std::string_view key, std::string& into) {
  std::optional<std::string> text;
  read(from, key, text);
  into = text.value_or("");
}

/** One of an enumeration, by its name; `last` is its last one. */
template <class Enumeration>
void read_name(const json& from, std::string_view key, Enumeration last, Enumeration& into) {
  std::string name;
  read(from, key, name);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    into = static_cast<Enumeration>(i);
    if (to_string(into) == name) return;
  }
  not_a_result(key, "is not what it should be");
}

/** What stands under a key that need not be there: an object or an array; else null. */
const json* part_of(const json& from, std::string_view key, json::value_t type) {
  const auto found = from.find(key);
  if (found == from.end() || found->is_null()) return nullptr;
  if (found->type() != type) not_a_result(key, "is not what it should be");
  return &*found;
}

void read_texts(const json& from, std::string_view key, std::vector<std::string>& into) {
  const json* const texts = part_of(from, key, json::value_t::array);
  if (texts == nullptr) return;
  for (const json& each : *texts) {
    if (!each.is_string()) not_a_result(key, "is not what it should be");
    into.push_back(each.get<std::string>());
  }
}

void read_failure(const json& from, result& into) {
  heddle::failure& failure = into.failure.emplace();
  read_name(from, "kind", failure_kind::nondeterminism, failure.kind);
  read(from, "message", failure.message);
  read_texts(from, "explanation", failure.explanation);
  read(from, "schedule", failure.schedule);
  read(from, "seed", failure.seed);
  read(from, "preemptions", failure.preemptions);
  // The command that replays it has the schedule in it, which is put in again.
  read_text(from, "replay", into.replay_command);
  const std::size_t position = into.replay_command.find(failure.schedule);
  if (failure.schedule.empty() || position == std::string::npos) return;
  into.replay_command.replace(position, failure.schedule.size(), "{schedule}");
}

void read_optional_parts(const json& from, result& into) {
  if (const json* const settings = part_of(from, "settings", json::value_t::object)) {
    for (const auto& [name, value] : settings->items()) {
      if (!value.is_string()) not_a_result("settings", "is not what it should be");
      into.settings.emplace_back(name, value.get<std::string>());
    }
  }
  if (const json* const part = part_of(from, "shard", json::value_t::object)) {
    shard& which = into.shard.emplace();
    read(*part, "index", which.index);
    read(*part, "count", which.count);
    if (which.index == 0 || which.index > which.count || which.count > most_shards) {
      not_a_result("shard", "is not what it should be");
    }
  }
  if (const json* const estimate = part_of(from, "estimate", json::value_t::object)) {
    into.estimate.emplace();
    read(*estimate, "traces", into.estimate->traces);
    read(*estimate, "deviation", into.estimate->deviation);
  }
}

void read_outputs(const json& from, result& into) {
  if (const json* const outputs = part_of(from, "outputs", json::value_t::array)) {
    program_outputs& all = into.outputs.emplace();
    for (const json& each : *outputs) {
      if (!each.is_object()) not_a_result("outputs", "is not what it should be");
      program_output& output = all.kept.emplace_back();
      read(each, "text", output.text);
      read(each, "executions", output.executions);
      read(each, "failures", output.failures);
      read(each, "schedule", output.schedule);
    }
    read(from, "outputs_left_out", all.left_out);
    read(from, "outputs_cut_by_failures", all.cut_by_failures);
  }
  if (const json* const wanted = part_of(from, "output_is", json::value_t::object)) {
    heddle::output_search& search = into.output_search.emplace();
    read(*wanted, "wanted", search.wanted);
    read(*wanted, "found", search.found);
    read_text(*wanted, "schedule", search.schedule);
    read(*wanted, "closest", search.closest);
    read(*wanted, "undecided", search.undecided);
  }
}

result read_result(const json& from) {
  result what;
  read(from, "scenario", what.program);
  read_name(from, "search", search_kind::replay, what.search);
  read(from, "strategy", what.strategy);
  read_name(from, "verdict", verdict::inconclusive, what.verdict);
  read(from, "exhaustive", what.exhaustive);
  read_text(from, "unreduced", what.unreduced);
  read(from, "assumes_fairness", what.assumes_fairness);
  read(from, "executions", what.executions);
  read(from, "failures", what.failures);
  std::optional<std::uint64_t> failing_execution;
  read(from, "failing_execution", failing_execution);
  what.failing_execution = failing_execution.value_or(0);
  read(from, "discarded", what.discarded);
  read(from, "events", what.events);
  read(from, "choices", what.choices);
  read(from, "threads", what.threads);
  read(from, "elapsed_s", what.elapsed_s);
  read(from, "seed", what.seed);
  read_texts(from, "reached", what.reached);
  read_texts(from, "unreached", what.unreached);
  if (const json* const kinds = part_of(from, "failures_by_kind", json::value_t::object)) {
    for (const auto& [kind, count] : kinds->items()) read(*kinds, kind, what.failures_by_kind[kind]);
  }
  read_text(from, "stopped_by", what.stopped_by);
  if (const json* const failure = part_of(from, "failure", json::value_t::object)) read_failure(*failure, what);
  read(from, "exhaustive_preemptions", what.exhaustive_preemptions);
  read(from, "traces", what.traces);
  read(from, "blocked", what.blocked);
  read(from, "share_done", what.share_done);
  read_optional_parts(from, what);
  read_outputs(from, what);
  const bool lacks_output = what.output_search && !what.output_search->found;
  if ((what.verdict == verdict::fail) != what.failure.has_value() && !lacks_output) {
    not_a_result("failure", "does not go with the verdict");
  }
  return what;
}

}  // namespace

result from_json(std::string_view text) {
  json parsed;
  try {
    parsed = json::parse(text);
  } catch (const json::parse_error& error) {
    throw request_error(fmt::format("is not JSON: it goes wrong at byte {}", error.byte));
  }
  if (!parsed.is_object()) throw request_error("is not a result: it is no object");
  return read_result(parsed);
}

}  // namespace heddle
