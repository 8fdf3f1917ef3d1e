#include "merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include <heddle/explore.hpp>

#include "outputs.hpp"

namespace heddle {
namespace {

/** The sum of what both parts know; nothing where one does not. */
template <class Number>
std::optional<Number> sum(const std::optional<Number>& x, const std::optional<Number>& y) {
  return x && y ? std::optional<Number>(*x + *y) : std::nullopt;
}

verdict worse(verdict x, verdict y) {
  if (x == verdict::fail || y == verdict::fail) return verdict::fail;
  return x == verdict::inconclusive || y == verdict::inconclusive ? verdict::inconclusive : verdict::pass;
}

// A part that is exhaustive as a whole is so within every bound.
std::optional<std::uint32_t> common_bound(const result& x, const result& y) {
  const auto& [p, q] = std::pair(x.exhaustive_preemptions, y.exhaustive_preemptions);
  if (x.exhaustive && y.exhaustive) return std::max(p, q);
  if (x.exhaustive) return q;
  if (y.exhaustive) return p;
  return std::min(p, q);  // nothing is the least
}

std::vector<std::string> united(const std::vector<std::string>& x, const std::vector<std::string>& y) {
  std::vector<std::string> all;
  std::ranges::set_union(x, y, std::back_inserter(all));
  return all;
}

std::string show(const std::vector<std::pair<std::string, std::string>>& settings) {
  std::string text;
  for (const auto& [name, value] : settings) text += (text.empty() ? "" : ",") + name + "=" + value;
  return text.empty() ? "none" : text;
}

// Of the same search: what it looks for is the same.
void add_search(output_search& whole, const output_search& part) {
  whole.undecided += part.undecided;
  if (whole.found) return;
  if (part.found) {
    whole.found = true;
    whole.schedule = part.schedule;
    whole.closest.reset();
  } else if (part.closest) {
    checker::keep_closest(whole, *part.closest);
  }
}

}  // namespace

result& result::operator+=(const result& part) {
  exhaustive_preemptions = common_bound(*this, part);
  exhaustive = exhaustive && part.exhaustive;
  verdict = worse(verdict, part.verdict);
  if (unreduced.empty()) unreduced = part.unreduced;
  assumes_fairness = assumes_fairness || part.assumes_fairness;
  if (!failure && part.failure) {
    failure = part.failure;
    replay_command = part.replay_command;
    failing_execution = part.failing_execution > 0 ? executions + part.failing_execution : 0;
  }
  executions += part.executions;
  failures += part.failures;
  discarded += part.discarded;
  events += part.events;
  choices += part.choices;
  threads = std::max(threads, part.threads);
  for (const auto& [kind, count] : part.failures_by_kind) failures_by_kind[kind] += count;
  reached = united(reached, part.reached);
  std::vector<std::string> expected = std::exchange(unreached, {});
  for (std::string& name : expected) {
    const bool by_neither = std::ranges::find(part.unreached, name) != part.unreached.end();
    if (by_neither) unreached.push_back(std::move(name));
  }
  traces = sum(traces, part.traces);
  blocked = sum(blocked, part.blocked);
  share_done = sum(share_done, part.share_done);  // each knows its share of the whole
  estimate = estimate && part.estimate
                 ? std::optional(trace_estimate{estimate->traces + part.estimate->traces,
                                                std::hypot(estimate->deviation, part.estimate->deviation)})
                 : std::nullopt;
  if (part.outputs) {
    if (outputs) {
      *outputs += *part.outputs;
    } else {
      outputs = part.outputs;
    }
  }
  if (part.output_search) {
    if (output_search) {
      add_search(*output_search, *part.output_search);
    } else {
      output_search = part.output_search;
    }
  }
  if (stopped_by.empty()) stopped_by = part.stopped_by;
  elapsed_s += part.elapsed_s;
  return *this;
}

namespace checker {
namespace {

void require_shards(const std::vector<named_result>& parts) {
  for (const auto& [name, found] : parts) {
    if (!found.shard) {
      throw request_error(
          fmt::format("{} is not the result of a part: write it by explore --shard I/N --json {}", name, name));
    }
  }
}

// What the parts of one search have in common, in words for when they have not.
void require_same_search(const named_result& first, const named_result& other) {
  const auto require = [&](const char* what, const std::string& x, const std::string& y) {
    if (x == y) return;
    throw request_error(
        fmt::format("{} does not belong to {}: the {} is {}, not {}", other.name, first.name, what, y, x));
  };
  const result& x = first.found;
  const result& y = other.found;
  const auto text = [](const auto& number) { return number ? std::to_string(*number) : "none"; };
  require("scenario", x.program, y.program);
  require("list of parameters and settings", show(x.settings), show(y.settings));
  require("kind of search", std::string(to_string(x.search)), std::string(to_string(y.search)));
  require("strategy", x.strategy, y.strategy);
  require("seed", text(x.seed), text(y.seed));
  require("number of parts", std::to_string(x.shard->count), std::to_string(y.shard->count));
}

// The parts are in the order of their shards.
void require_each_once(const std::vector<named_result>& parts) {
  const std::uint32_t count = parts.front().found.shard->count;
  std::uint32_t next = 1;
  const named_result* before = nullptr;
  const auto require_next = [&](std::uint32_t index) {
    if (index == next) return;
    throw request_error(fmt::format("part {}/{} is missing: give its result, too", next, count));
  };
  for (const named_result& part : parts) {
    if (before != nullptr && before->found.shard == part.found.shard) {
      throw request_error(
          fmt::format("{} is part {}/{}, and so is {}: give each once", part.name, next - 1, count, before->name));
    }
    require_next(part.found.shard->index);
    before = &part;
    ++next;
  }
  require_next(count + 1);
}

}  // namespace

result merge_shards(std::vector<named_result> parts) {
  if (parts.empty()) throw request_error("there is no part to add up");
  require_shards(parts);
  for (const named_result& part : parts) require_same_search(parts.front(), part);
  std::ranges::stable_sort(parts, {}, [](const named_result& part) { return part.found.shard->index; });
  require_each_once(parts);
  result whole = std::move(parts.front().found);
  for (std::size_t i = 1; i < parts.size(); ++i) whole += parts[i].found;
  whole.shard.reset();
  if (whole.verdict == verdict::pass) fail_if_unreached(whole);
  return whole;
}

void fail_if_unreached(result& what) {
  if (what.unreached.empty() || what.failure) return;
  what.failure.emplace();
  what.failure->kind = failure_kind::unreached;
  what.failure->message =
      fmt::format("no execution reached \"{}\", which the program says is reachable.", what.unreached.front());
  what.verdict = verdict::fail;
}

}  // namespace checker
}  // namespace heddle
