// The result as JSON. The keys are documented for users: they may be added to, but not changed.
#include "json_report.hpp"

#include "replay_command.hpp"
#include "steps.hpp"

namespace heddle {
namespace {

using json = nlohmann::ordered_json;

json or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

json to_json(const std::optional<std::uint64_t>& number) { return number ? json(*number) : json(nullptr); }

json to_json(const trace& in, const step& event) {
  const bool prints = event.kind == sim::operation_kind::print;  // what is printed may be empty, and is still there
  return {
      {"thread", event.thread},
      {"name", checker::name_of(in, event.thread)},
      {"index", event.index},
      {"operation", sim::to_string(event.kind)},
      {"object", or_null(checker::name_of(in, event.object))},
      {"read", or_null(event.read)},
      {"written", prints ? json(event.written) : or_null(event.written)},
      {"file", or_null(event.where.file)},
      {"line", event.where.known() ? json(event.where.line) : json(nullptr)},
      {"succeeded", event.succeeded},
  };
}

json to_json(const trace& of) {
  json steps = json::array();
  for (const step& event : of.steps) steps.push_back(to_json(of, event));
  return steps;
}

json to_json(const shown_history& of) {
  json operations = json::array();
  for (const shown_operation& each : of.operations) {
    const bool returned = each.returned != never_returned;
    operations.push_back({{"process", of.processes.at(each.process)},
                          {"call", each.call},
                          {"result", returned ? or_null(each.result) : json(nullptr)},
                          {"called", each.called},
                          {"returned", returned ? json(each.returned) : json(nullptr)}});
  }
  return {{"operations", std::move(operations)},
          {"order", of.found.order},
          {"unexplained", of.found.unexplained ? json(*of.found.unexplained) : json(nullptr)}};
}

json failure_of(const result& what) {
  if (!what.failure) return nullptr;
  const heddle::failure& failure = *what.failure;
  const std::vector<std::string> commands = checker::replay_commands(what);
  json object{
      {"kind", to_string(failure.kind)},
      {"message", failure.message},
      {"explanation", failure.explanation},
      {"schedule", failure.schedule},
      {"seed", to_json(failure.seed)},
      {"threads", failure.trace.threads.size()},
      {"steps", failure.trace.steps.size()},
      {"preemptions", failure.preemptions},
      {"replay", commands.empty() ? json(nullptr) : json(commands.front())},
      {"trace", to_json(failure.trace)},
  };
  if (failure.history) object["history"] = to_json(*failure.history);
  return object;
}

json to_json(const std::vector<program_output>& outputs) {
  json all = json::array();
  for (const program_output& each : outputs) {
    all.push_back({{"text", each.text},
                   {"executions", each.executions},
                   {"failures", each.failures},
                   {"failed", each.failures > 0},
                   {"schedule", each.schedule}});
  }
  return all;
}

json to_json(const result& what, const output_search& of) {
  return {
      {"wanted", of.wanted},
      {"found", of.found},
      {"schedule", or_null(of.schedule)},
      {"replay", of.found ? json(checker::replay_command(what, of.schedule)) : json(nullptr)},
      {"closest", of.closest ? json(*of.closest) : json(nullptr)},
      {"undecided", of.undecided},
  };
}

}  // namespace

namespace checker {

json to_object(const result& what) {
  const bool timed = what.elapsed_s > 0;
  json object{
      {"scenario", what.program},
      {"search", to_string(what.search)},
      {"strategy", what.strategy},
      {"verdict", to_string(what.verdict)},
      {"exhaustive", what.exhaustive},
      {"assumes_fairness", what.assumes_fairness},
      {"executions", what.executions},
      {"failures", what.failures},
      {"failing_execution", what.failing_execution > 0 ? json(what.failing_execution) : json(nullptr)},
      {"discarded", what.discarded},
      {"events", what.events},
      {"choices", what.choices},
      {"threads", what.threads},
      {"elapsed_s", what.elapsed_s},
      {"executions_per_s", timed ? json(static_cast<double>(what.executions) / what.elapsed_s) : json(nullptr)},
      {"seed", to_json(what.seed)},
      {"reached", what.reached},
      {"failures_by_kind", what.failures_by_kind},
      {"stopped_by", or_null(what.stopped_by)},
      {"failure", failure_of(what)},
  };
  // These are there only where they say something.
  if (!what.settings.empty()) {
    json& settings = object["settings"] = json::object();
    for (const auto& [name, value] : what.settings) settings[name] = value;
  }
  if (!what.unreduced.empty()) object["unreduced"] = what.unreduced;
  if (!what.unreached.empty()) object["unreached"] = what.unreached;
  if (what.exhaustive_preemptions) object["exhaustive_preemptions"] = *what.exhaustive_preemptions;
  if (what.shard) object["shard"] = {{"index", what.shard->index}, {"count", what.shard->count}};
  if (what.traces) object["traces"] = *what.traces;
  if (what.blocked) object["blocked"] = *what.blocked;
  if (what.estimate) {
    object["estimate"] = {{"traces", what.estimate->traces}, {"deviation", what.estimate->deviation}};
  }
  if (what.outputs) {
    object["outputs"] = to_json(what.outputs->kept);
    object["outputs_left_out"] = what.outputs->left_out;
    object["outputs_cut_by_failures"] = what.outputs->cut_by_failures;
  }
  if (what.output_search) object["output_is"] = to_json(what, *what.output_search);
  if (what.share_done) object["share_done"] = *what.share_done;
  return object;
}

json to_object(const expectation& expected) {
  json object{{"verdict", to_string(expected.verdict)}};
  if (expected.verdict == verdict::fail) object["kind"] = to_string(expected.kind);
  return object;
}

std::string json_text(const json& of) { return of.dump(2, ' ', false, json::error_handler_t::replace) + "\n"; }

}  // namespace checker

std::string to_json(const result& what) { return checker::json_text(checker::to_object(what)); }

}  // namespace heddle
