#include "trace_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "detectors/detectors.hpp"
#include "exploration/checkpoint.hpp"
#include "running_search.hpp"
#include "search.hpp"
#include "shared_search.hpp"
#include "strategies/dpor.hpp"
#include "trace_probes.hpp"

namespace heddle::checker {
namespace {

using exploration::tree_path;

/** One OS thread's part. */
class worker {
 public:
  worker(shared_search& shared, const program& body, const options& with)
      : shared_(shared), with_(with), shows_(with.progress), search_(body, picks_, with), watching_(with) {
    if (!shared.keeps_shares()) picks_.forget_shares();
  }

  /** Besides, estimates how much there is to do. */
  void makes(trace_probes& probes) noexcept { probes_ = &probes; }

  void run() {
    while (graph_pointer next = shared_.take()) {
      begin(std::move(next));
      while (explores_next()) {
        if (picks_.pending() > 1 && shared_.hungry()) shared_.give(picks_.give_away_last());
        if (++executions_ % 64 == 0) tell();
      }
      tell();
      if (picks_.pending() > 0) shared_.leave(picks_.give_away());
      end(true);
    }
    if (with_.outputs) shared_.add(search_.outputs());
  }

  /** Explores one graph, which others do too, and gives what follows from it; it is counted by one of them. */
  std::vector<graph_pointer> expand(graph_pointer graph, bool counts) {
    begin(std::move(graph));
    counts_ = counts;
    explores_next();
    std::vector<graph_pointer> follow = picks_.give_away();
    end(counts);
    counts_ = true;
    return follow;
  }

 private:
  void begin(graph_pointer graph) {
    present_ = {graph->path, {}};
    share_before_ = picks_.share_done();
    picks_.take(std::move(graph));
  }

  void end(bool counts) {
    present_.counted = search_.take_result();
    present_.counted.verdict = verdict::pass;
    present_.counted.exhaustive = picks_.exhaustive();
    present_.counted.failure.reset();  // the first of all is kept elsewhere
    if (counts) shared_.count(std::move(present_), picks_.share_done() - share_before_);
  }

  // How far it is; and keeps what is said about the end up to date, where the end is not near anyway.
  void tell() {
    constexpr std::uint64_t many = 1'000;
    if (probes_ != nullptr && executions_ >= many) probes_->keep_up(executions_);
    if (shows_ == nullptr) return;
    shows_->share_done.fetch_add(picks_.share_done() - std::exchange(share_told_, picks_.share_done()));
    if (probes_ == nullptr) return;
    const trace_estimate expected = probes_->executions().value_or(trace_estimate{});
    shows_->expected.store(expected.traces, std::memory_order_relaxed);
    shows_->deviation.store(expected.deviation, std::memory_order_relaxed);
  }

  /** One execution; false if there is none to run. */
  bool explores_next() {
    if (shared_.has_end()) picks_.end_at(shared_.end_path());
    if (picks_.pending() == 0 || !shared_.goes_on() || !picks_.begin()) return false;
    const bool failed = search_.run_unrecorded(watching_);
    if (picks_.inapplicable() != nullptr) {
      shared_.does_not_apply(picks_.inapplicable(), picks_.broken_rules());
      return false;
    }
    if (search_.note_output(picks_.path())) {
      shared_.ends_at({picks_.path(), present_.begins, {}});
    } else if (failed && counts_ && is_reported(search_.latest(), with_) && shared_.would_be_first(picks_.path())) {
      const tree_path path = picks_.path();
      search_.explain_latest();
      shared_.ends_at({path, present_.begins, std::move(*search_.so_far().failure)});
    }
    return true;
  }

  shared_search& shared_;
  const options& with_;
  progress* shows_;
  trace_probes* probes_ = nullptr;
  dpor picks_{dpor::starts::with_nothing};
  running_search search_;
  detectors watching_;
  piece present_;
  double share_before_ = 0;
  double share_told_ = 0;
  std::uint64_t executions_ = 0;
  bool counts_ = true;  // what is found now
};

unsigned workers_for(const options& with) {
  return with.jobs != 0 ? with.jobs : std::max(1U, std::thread::hardware_concurrency());
}

// The graphs that are this shard's. All shards explore the first ones, in the same order, until there are enough to be
// dealt out; the first shard counts those.
void deal(shared_search& shared, const program& body, const options& with, exploration::rule_set rules_off) {
  constexpr std::size_t graphs_a_shard = 64;
  worker expands(shared, body, with);
  std::deque<graph_pointer> all;
  all.push_back(dpor::beginning(rules_off));
  while (!all.empty() && all.size() < graphs_a_shard * with.shard->count) {
    graph_pointer first = std::move(all.front());
    all.pop_front();
    for (graph_pointer& each : expands.expand(std::move(first), with.shard->index == 1)) all.push_back(std::move(each));
    if (shared.is_over()) break;
  }
  std::vector<graph_pointer> mine;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i % with.shard->count + 1 == with.shard->index) mine.push_back(std::move(all[i]));
  }
  shared.leave(std::move(mine));
}

// Of the search that is about to begin; null where nobody would see an estimate, since nothing stops the search.
std::unique_ptr<trace_probes> probes_for(shared_search& shared, const program& body, const options& with) {
  if (!may_stop(with) && with.progress == nullptr) return nullptr;
  std::vector<exploration::event_graph> roots;
  for (const graph_pointer& each : shared.left()) roots.push_back(*each);
  return std::make_unique<trace_probes>(body, with, std::move(roots), shared.so_far().traces.value_or(0));
}

// With these rules off. What was found with more of them on is not gone on with. Throws request_error if the other
// shards do not know that rules have to be off.
traces_found search_without(const program& body, const options& with, exploration::rule_set rules_off) {
  const auto begun = std::chrono::steady_clock::now();
  if (with.progress != nullptr) with.progress->restart();
  shared_search shared(with);
  const auto run = [&](trace_probes* probes) {
    try {
      worker works(shared, body, with);
      if (probes != nullptr) works.makes(*probes);
      works.run();
    } catch (...) {
      shared.thrown(std::current_exception());
    }
  };
  shared.begin_with(running_search::nothing_yet(with, true));
  if (!with.resume.empty() && rules_off == 0) {
    exploration::checkpoint from = exploration::load(with.resume);
    exploration::require_same(from, with);
    shared.resume(std::move(from));
  } else if (with.shard) {
    deal(shared, body, with, rules_off);
  } else {
    shared.give(dpor::beginning(rules_off));
  }
  const bool others_may_not_know = with.shard && shared.broken_rules() == 0;
  if (with.progress != nullptr) with.progress->share_done = shared.share_done();
  const std::uint64_t before = shared.so_far().executions;
  const std::unique_ptr<trace_probes> probes = probes_for(shared, body, with);
  {
    std::vector<std::jthread> others;
    shared.joins();
    for (unsigned i = 1; i < workers_for(with); ++i) {
      shared.joins();
      others.emplace_back(run, nullptr);
    }
    run(probes.get());
  }
  traces_found all = shared.conclude();
  if (others_may_not_know && all.broken_rules != 0) {
    throw request_error(
        fmt::format("{}, which not all of its shards may meet with; explore it without --shard", all.unreduced));
  }
  if (probes != nullptr && !all.found.stopped_by.empty() && all.unreduced.empty()) {
    if (shared.has_made_all()) probes->keep_up(all.found.executions - before);
    all.found.estimate = probes->traces();
    // There is at least what has been found, and what is left.
    if (auto& expected = all.found.estimate) {
      expected->traces = std::max(expected->traces, static_cast<double>(all.found.traces.value_or(0) + 1));
    }
  }
  all.found.elapsed_s += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return all;
}

}  // namespace

traces_found search_traces(const program& body, const options& with) {
  for (exploration::rule_set rules_off = 0;;) {
    traces_found all = search_without(body, with, rules_off);
    if (all.broken_rules == 0) return all;
    rules_off |= all.broken_rules;
  }
}

}  // namespace heddle::checker
