// The traces that a strategy visits, how often, and what they end with.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <heddle/sim/schedule.hpp>
#include <heddle/sim/simulator.hpp>

#include "strategies/strategy.hpp"
#include "traces.hpp"

namespace heddle::oracle {

/** What a search has seen of one trace. */
struct visits {
  std::uint64_t count = 0;
  bool cut_short = false;
  std::set<std::string> outcomes;     // one, or the trace leaves something out that matters
  std::vector<sim::choice> schedule;  // of the first execution
};

struct traced {
  std::map<std::string, visits> traces;
  std::map<std::string, std::uint64_t> endings;  // how many traces end how
  std::uint64_t executions = 0;
  std::uint64_t in_vain = 0;  // executions that the strategy says stand for nothing
  bool inapplicable = false;  // the strategy says that it cannot search the program
  bool finished = false;      // the strategy had no execution left, and says that these were all
  std::string mismatch;       // an execution that did not go as the strategy meant it to

  [[nodiscard]] std::uint64_t ended(sim::ending_kind how) const {
    const auto found = endings.find(std::string(to_string(how)));
    return found == endings.end() ? 0 : found->second;
  }
};

/** A program, and what the execution of it that has ended has come to. */
struct observed_program {
  std::function<void()> body;
  std::function<std::string()> outcome = [] { return std::string(); };
};

/**
 * Runs the executions of a strategy, one after another, in the way of a search: but no detector ends them, so that a
 * trace is as long as its threads can go on. After `most` executions it gives up.
 */
inline traced trace_all(sim::simulator& on, checker::strategy& picks, const observed_program& program,
                        std::uint64_t most, commuting_rules commuting = {}, bool records = false) {
  traced found;
  tracer watches(picks, commuting, records);
  while (picks.begin()) {
    if (found.executions == most) return found;
    ++found.executions;
    on.run(program.body, watches, watches);
    picks.end(on);
    if (picks.in_vain()) {
      ++found.in_vain;
      continue;
    }
    for (const trace& failure : watches.failures()) found.traces[failure.text].cut_short = true;
    const trace& latest = watches.latest();
    visits& its = found.traces[latest.text];
    if (++its.count == 1) {
      ++found.endings[std::string(to_string(latest.ended))];
      its.schedule = on.schedule();
    }
    if (picks.mismatch() != nullptr) found.mismatch = *picks.mismatch();
    its.cut_short = latest.cut_short();
    if (!its.cut_short) its.outcomes.insert(program.outcome());
  }
  found.inapplicable = picks.inapplicable() != nullptr;
  found.finished = picks.exhaustive();
  return found;
}

/** In what a search that should visit each trace once differs from the traces that there are; empty if in nothing. */
inline std::string difference(const traced& all, const traced& once) {
  constexpr int most_shown = 3;
  std::map<std::string, int> shown;
  std::string text;
  const auto complain = [&](const std::string& of, const std::string& trace, const visits& its) {
    if (++shown[of] > most_shown) return;
    text += of + ":\n" + trace;
    if (!its.schedule.empty()) text += "  by " + sim::to_text({"program", {}, its.schedule}) + "\n";
  };
  for (const auto& [trace, its] : all.traces) {
    const auto found = once.traces.find(trace);
    if (found == once.traces.end()) {
      complain("missing", trace, its);
    } else if (found->second.outcomes != its.outcomes) {
      complain("with another outcome", trace, found->second);
    } else if (found->second.count > 1 && !its.cut_short) {  // what led to a failure may be part of several executions
      complain("visited " + std::to_string(found->second.count) + " times", trace, found->second);
    }
  }
  for (const auto& [trace, its] : once.traces) {
    if (!all.traces.contains(trace)) complain("not there", trace, its);
  }
  if (once.in_vain > 0) text += std::to_string(once.in_vain) + " executions in vain\n";
  if (!once.finished) text += "not finished\n";
  if (!once.mismatch.empty()) text += "a mismatch: " + once.mismatch + "\n";
  for (const auto& [of, count] : shown) text += std::to_string(count) + " " + of + "\n";
  return text;
}

}  // namespace heddle::oracle
