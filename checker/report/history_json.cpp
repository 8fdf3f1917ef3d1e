// The result of a history's check as JSON.
#include <heddle/history.hpp>
#include <nlohmann/json.hpp>

namespace heddle {
namespace {

using json = nlohmann::ordered_json;

json json_of(const history_value& value) {
  if (value.as_flag() != nullptr) return *value.as_flag();
  if (value.as_number() != nullptr) return *value.as_number();
  if (value.as_text() != nullptr) return *value.as_text();
  if (value.as_list() == nullptr) return nullptr;
  json items = json::array();
  for (const history_value& each : *value.as_list()) items.push_back(json_of(each));
  return items;
}

json json_of(const recorded_operation& operation) {
  json result{{"process", operation.process}, {"operation", operation.name}, {"argument", json_of(operation.argument)}};
  result["result"] = operation.returned == never_returned ? json() : json_of(operation.result);
  result["called"] = operation.called;
  result["returned"] = operation.returned == never_returned ? json() : json(operation.returned);
  return result;
}

json failure_of(const history_result& what) {
  json order = json::array();
  for (const std::size_t i : what.found.order) order.push_back(json_of(what.history.operations[i]));
  return {{"key", what.key ? json_of(*what.key) : json()},
          {"unexplained", json_of(what.history.operations[*what.found.unexplained])},
          {"order", std::move(order)}};
}

}  // namespace

std::string to_json(const history_result& what) {
  const bool linear = what.asked.consistency == consistency::linearizable;
  json result{
      {"history", what.history.file},
      {"model", what.asked.model},
      {"keyed", what.asked.keyed},
      {"consistency", linear ? "linearizable" : "sequential"},
      {"verdict", what.found.holds ? "pass" : "fail"},
      {"operations", what.history.operations.size()},
      {"unfinished", what.unfinished},
      {"processes", what.processes},
      {"parts", what.parts},
      {"failing_parts", what.failing_parts},
      {"configurations", what.configurations},
      {"failure", what.found.holds ? json() : failure_of(what)},
  };
  return result.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace heddle
