#include "trace_probes.hpp"

#include <cmath>
#include <utility>

namespace heddle::checker {
namespace {

using exploration::event_graph;

// It is an answer for whoever waits: none of what it runs is to be shown.
options unseen(options with) {
  with.progress = nullptr;
  return with;
}

constexpr std::uint64_t affordable(std::uint64_t executions) noexcept {
  constexpr std::uint64_t first = 1'000;
  return executions < first ? executions / 10 : first / 10 + (executions - first) / 50;
}

}  // namespace

void running_mean::add(double seen) noexcept {
  ++count_;
  const double difference = seen - mean_;
  mean_ += difference / static_cast<double>(count_);
  squares_ += difference * (seen - mean_);
}

double running_mean::deviation() const noexcept {
  if (count_ < 2) return 0;
  const auto count = static_cast<double>(count_);
  return std::sqrt(squares_ / (count - 1) / count);
}

trace_probes::trace_probes(const program& body, const options& with, std::vector<event_graph> roots,
                           std::uint64_t traces_before)
    : options_(unseen(with)),
      roots_(std::move(roots)),
      search_(body, picks_, options_),
      watching_(with),
      traces_before_(static_cast<double>(traces_before)) {
  for (const event_graph& each : roots_) share_ += each.share;
}

void trace_probes::keep_up(std::uint64_t executions) {
  const std::uint64_t most = affordable(executions);
  while (spent_ < most && !roots_.empty() && picks_.inapplicable() == nullptr) {
    if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) return;
    if (picks_.pending() == 0) begin();
    step();
  }
}

void trace_probes::begin() {
  const event_graph* drawn = nullptr;
  double all = 0;
  for (const event_graph& each : roots_) {
    all += each.share;
    if (drawn == nullptr || draws_.unit() * all < each.share) drawn = &each;
  }
  picks_.take_copy(*drawn);
}

void trace_probes::step() {
  const std::uint64_t traces = search_.so_far().traces.value_or(0);
  if (!picks_.begin()) return;
  search_.run_unrecorded(watching_);
  ++spent_;
  picks_.keep_one(draws_);
  if (picks_.pending() > 0) return;
  ++ended_;
  const double stands_for = share_ / picks_.share();
  executions_.add(stands_for);
  traces_.add(traces_before_ + (search_.so_far().traces.value_or(0) > traces ? stands_for : 0));
}

std::optional<trace_estimate> trace_probes::of(const running_mean& what) const {
  if (ended_ < 2 || !std::isfinite(what.mean()) || !std::isfinite(what.deviation())) return std::nullopt;
  return trace_estimate{what.mean(), what.deviation()};
}

}  // namespace heddle::checker
