// The check of a property suite as text: a report of its own, or one line among others.
#include <fmt/format.h>

#include <string>

#include "headline.hpp"
#include "numbers.hpp"
#include "paragraphs.hpp"
#include "property_report.hpp"
#include "text_report.hpp"

namespace heddle {
namespace checker {
namespace {

// ", 320 histories"; empty where nothing was compared with a model.
std::string and_histories(const property_result& what) {
  if (what.histories == 0) return "";
  return ", " + (what.histories == 1 ? "1 history" : grouped(what.histories) + " histories");
}

// "100 cases, 5,120 executions, 320 histories"
std::string scope_of(const property_result& what) {
  return counted(what.cases, "case") + ", " + counted(what.found.executions, "execution") + and_histories(what);
}

std::string kind_of(const result& what) {
  return what.failure ? " (" + std::string(to_string(what.failure->kind)) + ")" : "";
}

bool has_counterexample(const property_result& what) { return what.smallest && what.found.failure; }

// "case 3, shrunk to 3 operations and 1 preemption"
std::string counterexample_of(const property_result& what) {
  const counterexample& smallest = *what.smallest;
  return fmt::format("case {}, {} {} and {}", grouped(smallest.number), smallest.shrinks > 0 ? "shrunk to" : "with",
                     counted(smallest.operations, "operation"), counted(what.found.failure->preemptions, "preemption"));
}

std::string how_failed(const property_result& what) {
  return kind_of(what.found) +
         (has_counterexample(what) ? " in " + counterexample_of(what) : " after " + scope_of(what));
}

std::string stopped_by(const result& what) { return what.stopped_by.empty() ? "" : " by " + what.stopped_by; }

std::string how_it_went(const property_result& what) {
  switch (what.found.verdict) {
    case verdict::pass: return ": " + scope_of(what);
    case verdict::fail: return how_failed(what);
    case verdict::inconclusive: break;
  }
  return ": stopped" + stopped_by(what.found) + " after " + scope_of(what) + ", nothing found";
}

// What the headline leaves out.
std::string remark_on(const property_result& what) {
  if (what.found.verdict == verdict::pass && what.found.exhaustive) {
    return "exhaustive: every execution of each case, or one of each trace";
  }
  if (what.found.verdict == verdict::pass && what.partly_run > 0) {
    return fmt::format("not every execution of {}: they have too many", counted(what.partly_run, "case"));
  }
  if (!has_counterexample(what)) return "";
  const std::string shrunk = what.smallest->shrinks > 0 ? "; shrunk in " + counted(what.smallest->shrinks, "step") : "";
  return counted(what.cases, "case") + and_histories(what) + shrunk;
}

block headline_of_check(const property_result& what, int width) {
  block lines = first_line(what.found, how_it_went(what), width);
  if (const std::string remark = remark_on(what); !remark.empty()) {
    append(lines, paragraphs("  ", remark, ink::plain, width));
  }
  result searches = what.found;
  searches.estimate.reset();  // what is left of one search says nothing of many
  searches.share_done.reset();
  append(lines, counters(searches, width));
  append(lines, warning_if_vacuous(what.found, width));
  return lines;
}

// What came of the check, in the words of its line.
std::string summary_of(const property_result& what) {
  if (has_counterexample(what)) return counterexample_of(what);
  if (what.found.verdict == verdict::inconclusive)
    return "stopped" + stopped_by(what.found) + " after " + scope_of(what);
  return scope_of(what);
}

}  // namespace

std::string expected_text(const expectation& expected) {
  if (expected.verdict != verdict::fail) return std::string(to_string(expected.verdict));
  return fmt::format("{} ({})", to_string(expected.verdict), to_string(expected.kind));
}

styled_text line_of(const checked_suite& which, int names) {
  const property_result& came = which.came;
  const bool expected = which.as_expected();
  const bool stopped = came.found.verdict == verdict::inconclusive;
  const ink drawn = expected ? ink::good : stopped ? ink::warning : ink::bad;
  styled_text line;
  append(line, which.suite->name, ink::strong);
  pad(line, names + 2);
  append(line, std::string(style_of(came.found.verdict).word) + kind_of(came.found), drawn);
  append(line, expected ? ", as expected: " : ", expected " + expected_text(which.suite->expected) + ": ");
  append(line, summary_of(came));
  if (const std::string_view warning = why_vacuous(came.found); !warning.empty()) {
    append(line, ". ");
    append(line, warning, ink::warning);
  }
  return line;
}

styled_text totals_of(const checked_suites& all) {
  std::uint64_t expected = 0;
  std::uint64_t cases = 0;
  std::uint64_t executions = 0;
  for (const checked_suite& each : all.checked) {
    expected += each.as_expected() ? 1U : 0U;
    cases += each.came.cases;
    executions += each.came.found.executions;
  }
  const std::uint64_t others = all.checked.size() - expected;
  styled_text line;
  append(line, counted(all.checked.size(), "suite") + ": ", ink::strong);
  append(line, grouped(expected) + " as expected", others == 0 ? ink::good : ink::plain);
  if (others > 0) append(line, ", " + grouped(others) + " not", ink::bad);
  if (!all.left_out.empty()) append(line, "; " + grouped(all.left_out.size()) + " more left out", ink::warning);
  append(line, fmt::format("; {}, {}, seed {}", counted(cases, "case"), counted(executions, "execution"), all.seed));
  return line;
}

}  // namespace checker

bool as_expected(const property_result& came, const expectation& expected) {
  if (came.found.verdict != expected.verdict) return false;
  if (expected.verdict != verdict::fail) return true;
  return came.found.failure && came.found.failure->kind == expected.kind;
}

std::string to_text(const property_result& what, const report_style& style) {
  // One execution, of one case, whatever that is.
  if (what.found.search == search_kind::replay) return to_text(what.found, style);
  return checker::report_below(checker::headline_of_check(what, checker::columns_of(style)), what.found, style);
}

}  // namespace heddle
