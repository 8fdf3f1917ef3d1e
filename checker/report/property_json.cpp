// The checks of property suites as JSON. The keys are documented for users, like those of a result.
#include "json_report.hpp"
#include "property_report.hpp"

namespace heddle {
namespace checker {
namespace {

using json = nlohmann::ordered_json;

json counterexample_of(const property_result& what) {
  if (!what.smallest) return nullptr;
  return {
      {"case", what.smallest->number}, {"operations", what.smallest->operations}, {"shrinks", what.smallest->shrinks}};
}

/** What there is to say of a check goes before what any search has. */
json check_object(const property_result& what) {
  json object{{"cases", what.cases},
              {"partly_run", what.partly_run},
              {"histories", what.histories},
              {"counterexample", counterexample_of(what)}};
  object.update(to_object(what.found));
  object.erase("estimate");  // what is left of one search says nothing of many
  object.erase("share_done");
  return object;
}

json suite_object(const checked_suite& which) {
  json object{{"name", which.suite->name},
              {"expected", to_object(which.suite->expected)},
              {"as_expected", which.as_expected()}};
  object.update(check_object(which.came));
  return object;
}

}  // namespace

std::string to_json(const checked_suites& all) {
  json suites = json::array();
  for (const checked_suite& each : all.checked) suites.push_back(suite_object(each));
  json object{{"seed", all.seed}, {"suites", suites}};
  if (!all.left_out.empty()) {
    json& names = object["left_out"] = json::array();
    for (const property_suite* each : all.left_out) names.push_back(each->name);
  }
  return json_text(object);
}

}  // namespace checker

std::string to_json(const property_result& what) { return checker::json_text(checker::check_object(what)); }

}  // namespace heddle
