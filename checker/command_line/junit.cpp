// JUnit's XML, by pugixml. That escapes what XML escapes; what XML cannot hold at all is ours to keep out.
#include "command_line/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>

#include "report/glyphs.hpp"

namespace heddle::checker {
namespace {

/** One line as a report shows it: no control characters, no invalid UTF-8. */
std::string xml_line(std::string_view text) {
  std::string result;
  for (const glyph& each : to_glyphs(text)) result += each.text;
  // The last two code points of the first plane are valid UTF-8, and still nothing that XML may hold.
  for (const std::string_view barred : {"\xef\xbf\xbe", "\xef\xbf\xbf"}) {
    for (std::size_t at = 0; (at = result.find(barred, at)) != std::string::npos;)
      result.replace(at, 3, "\xef\xbf\xbd");
  }
  return result;
}

std::string xml_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    result += xml_line(text.substr(0, end)) + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

void set(pugi::xml_node of, const char* name, std::string_view value) {
  of.append_attribute(name).set_value(xml_line(value).c_str());
}

void set_time(pugi::xml_node of, double seconds) { set(of, "time", fmt::format("{:.3f}", seconds)); }

pugi::xml_node add_case(pugi::xml_node to, const property_suite& which) {
  const pugi::xml_node added = to.append_child("testcase");
  set(added, "name", which.name);
  set(added, "classname", "props");
  return added;
}

/** "pass", "fail (deadlock)", as what is expected is written. */
std::string found_text(const result& found) {
  return found.failure ? expected_text({found.verdict, found.failure->kind}) : std::string(to_string(found.verdict));
}

std::string kind_of(const result& found) {
  return std::string(found.failure ? to_string(found.failure->kind) : to_string(found.verdict));
}

void add_checked(pugi::xml_node to, const checked_suite& which, bool in_order) {
  const result& found = which.came.found;
  pugi::xml_node added = add_case(to, *which.suite);
  set_time(added, found.elapsed_s);
  if (in_order) return;
  pugi::xml_node failure = added.append_child("failure");
  set(failure, "message", fmt::format("{}, expected {}", found_text(found), expected_text(which.suite->expected)));
  set(failure, "type", kind_of(found));
  failure.text().set(xml_text(to_text(which.came)).c_str());
}

/** The attributes that the whole and its only part have in common. */
void set_totals(pugi::xml_node of, const checked_suites& all) {
  double seconds = 0;
  for (const checked_suite& each : all.checked) seconds += each.came.found.elapsed_s;
  const auto failed = std::ranges::count_if(all.checked, [&](const auto& each) { return !all.in_order(each); });
  set(of, "name", "heddle props");
  set(of, "tests", std::to_string(all.checked.size() + all.left_out.size()));
  set(of, "failures", std::to_string(failed));
  set(of, "errors", "0");
  set(of, "skipped", std::to_string(all.left_out.size()));
  set_time(of, seconds);
}

}  // namespace

std::string junit_text(const checked_suites& all) {
  pugi::xml_document document;
  pugi::xml_node whole = document.append_child("testsuites");
  set_totals(whole, all);
  pugi::xml_node part = whole.append_child("testsuite");
  set_totals(part, all);
  for (const checked_suite& each : all.checked) add_checked(part, each, all.in_order(each));
  for (const property_suite* each : all.left_out) add_case(part, *each).append_child("skipped");
  std::ostringstream text;
  document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
  return text.str();
}

}  // namespace heddle::checker
