// The words for each verdict and each kind of search; the counters; the warnings.
#include "headline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "numbers.hpp"
#include "paragraphs.hpp"

namespace heddle::checker {
namespace {

std::string with_article(std::string_view word) {
  const bool vowel = !word.empty() && std::string_view("aeiou").find(word.front()) != std::string_view::npos;
  return std::string(vowel ? "an " : "a ").append(word);
}

bool is_single(const result& what) { return what.search == search_kind::run || what.search == search_kind::replay; }

}  // namespace

std::string manner_of(const result& what) {
  if (what.search == search_kind::fuzz && what.strategy == "random") return "at random";
  return "of " + with_article(what.strategy.empty() ? "search" : what.strategy + " search");
}

std::string scope_of(const result& what) {
  if (what.search == search_kind::replay) return "a replay";
  if (what.search == search_kind::run) return what.strategy.empty() ? "a run" : "a run (" + what.strategy + ")";
  return counted(what.executions, "execution") + " " + manner_of(what);
}

namespace {

// "1,235", "1.2e+18"
std::string rounded(double number) {
  return number < 1e15 ? grouped(static_cast<std::uint64_t>(std::max(number, 0.0) + 0.5))
                       : fmt::format("{:.1e}", number);
}

std::string shown_shard(const shard& part) { return grouped(part.index) + "/" + grouped(part.count); }

std::string at_most_preemptions(const result& what) {
  return "at most " + counted(*what.exhaustive_preemptions, "preemption");
}

std::string how_passed(const result& what) {
  const std::string fairness = what.assumes_fairness ? " up to fairness" : "";
  const std::string part = what.shard ? " for part " + shown_shard(*what.shard) : "";
  if (!what.exhaustive && what.exhaustive_preemptions) {
    return ", exhaustive" + fairness + part + " for executions with " + at_most_preemptions(what) + ": " +
           scope_of(what);
  }
  if (!what.exhaustive) return ": " + scope_of(what) + ", nothing found (not exhaustive)";
  const std::string exhaustive = ", exhaustive" + fairness + part + ": ";
  if (what.shard) return exhaustive + scope_of(what);
  if (what.executions == 1) return exhaustive + "the only execution there is";
  return exhaustive + "all " + counted(what.executions, "execution");
}

std::string how_failed(const result& what) {
  std::string text = what.failure ? " (" + std::string(to_string(what.failure->kind)) + ")" : "";
  if (is_single(what)) return text + " in " + scope_of(what);
  if (what.failures == 0) return text + " after " + scope_of(what);
  if (what.failures == 1) return text + " in execution " + grouped(what.failing_execution) + " " + manner_of(what);
  return text + " in " + grouped(what.failures) + " of " + scope_of(what);
}

std::string how_it_went(const result& what) {
  switch (what.verdict) {
    case verdict::pass: return how_passed(what);
    case verdict::fail: return how_failed(what);
    case verdict::inconclusive: break;
  }
  return ": stopped" + (what.stopped_by.empty() ? "" : " by " + what.stopped_by) + " after " + scope_of(what) +
         ", nothing found";
}

// "assertion 2, deadlock 1"
std::string kinds_of_failures(const result& what) {
  std::string text;
  for (const auto& [kind, count] : what.failures_by_kind) {
    text += (text.empty() ? "" : ", ") + kind + " " + grouped(count);
  }
  return text;
}

// "35 traces, 2 blocked executions, about 1,200 in all (give or take 300), 3 % done"
std::string counts_of_traces(const result& what) {
  std::vector<std::string> parts;
  // The failure may be the first trace: it is no complete one.
  if (what.traces && (*what.traces > 0 || !what.failure)) parts.push_back(counted(*what.traces, "trace"));
  if (what.blocked.value_or(0) > 0) parts.push_back(counted(*what.blocked, "blocked execution"));
  if (what.estimate && !what.exhaustive) {
    parts.push_back(fmt::format("about {} in all (give or take {})", rounded(what.estimate->traces),
                                rounded(what.estimate->deviation)));
  }
  if (what.share_done && !what.exhaustive) parts.push_back(fmt::format("{:.0f} % done", 100 * *what.share_done));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<std::string> remarks(const result& what) {
  std::string controlled = counted(what.executions, "execution") + ", " + counted(what.events, "event") + ", " +
                           counted(what.choices, "choice") + ", at most " + counted(what.threads, "thread");
  if (what.discarded > 0) controlled += "; " + counted(what.discarded, "execution") + " discarded";
  std::vector<std::string> texts{controlled};
  if (const std::string counts = counts_of_traces(what); !counts.empty()) texts.push_back(counts);
  if (!what.unreduced.empty()) {
    texts.push_back("by interleavings, not each trace once (" + what.unreduced + ")");
  }
  // A pass says so in the headline.
  if (what.exhaustive_preemptions && !what.exhaustive && what.verdict != verdict::pass) {
    texts.push_back("all executions with " + at_most_preemptions(what) + " were run");
  }
  if ((what.exhaustive || what.exhaustive_preemptions) && what.assumes_fairness) {
    texts.emplace_back(
        "fairness: a thread whose loop came round with nothing changed was made to wait; a loop that counts its "
        "rounds may do more");
  }
  const bool failed = what.verdict == verdict::fail;
  if (failed && !what.stopped_by.empty()) texts.push_back("stopped by " + what.stopped_by);
  const bool went_its_own_way = what.failure && what.failure->kind == failure_kind::nondeterminism;
  if (failed && what.failure && what.choices == 0 && !went_its_own_way) {
    texts.emplace_back("There was nothing to choose: the failure does not depend on the order of the threads.");
  }
  return texts;
}

}  // namespace

verdict_style style_of(verdict value) {
  switch (value) {
    case verdict::pass: return {"PASS", ink::good};
    case verdict::fail: return {"FAIL", ink::bad};
    case verdict::inconclusive: break;
  }
  return {"INCONCLUSIVE", ink::warning};
}

std::string_view why_vacuous(const result& what) {
  if (what.verdict == verdict::fail) return {};
  if (what.executions == 0) return "WARNING: no execution was run, so nothing was tested.";
  if (what.discarded == what.executions) {
    return "WARNING: heddle::assume discarded every execution, so nothing was tested. Assume less.";
  }
  if (what.choices == 0) {
    return "WARNING: there was never anything to choose, so nothing was tested. "
           "Let at least two threads use heddle's mutexes, atomics and other objects.";
  }
  return {};
}

block first_line(const result& what, std::string_view how_it_went, int width) {
  const verdict_style style = style_of(what.verdict);
  styled_text text;
  append(text, what.program + ": ", ink::strong);
  append(text, style.word, style.drawn);
  append(text, how_it_went, ink::strong);
  return paragraph("", text, width);
}

block counters(const result& what, int width) {
  block lines;
  for (const std::string& each : remarks(what)) append(lines, paragraphs("  ", each, ink::plain, width));
  return lines;
}

block warning_if_vacuous(const result& what, int width) {
  const std::string_view warning = why_vacuous(what);
  if (warning.empty()) return {};
  block lines{{}};
  append(lines, paragraphs("", warning, ink::warning, width));
  return lines;
}

block headline(const result& what, int width) {
  block lines = first_line(what, how_it_went(what), width);
  append(lines, counters(what, width));
  if (what.failures > 1) {
    const std::string several = "failures: " + kinds_of_failures(what) + "; below is the first one, execution " +
                                grouped(what.failing_execution);
    append(lines, paragraphs("  ", several, ink::plain, width));
  }
  append(lines, warning_if_vacuous(what, width));
  return lines;
}

}  // namespace heddle::checker
