#include "shared_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "search.hpp"

namespace heddle::checker {

using exploration::event_graph;
using exploration::tree_path;

namespace {

constexpr std::chrono::seconds checkpoint_interval{1};

std::int64_t next_checkpoint() {
  return (std::chrono::steady_clock::now() + checkpoint_interval).time_since_epoch().count();
}

}  // namespace

void shared_search::resume(exploration::checkpoint from) {
  share_done_ = from.so_far.share_done.value_or(0);
  before_ = std::move(from.so_far);
  before_.stopped_by.clear();
  for (event_graph& each : from.pending) work_.push_back(std::make_unique<event_graph>(std::move(each)));
}

void shared_search::begin_with(result nothing_yet) { before_ = std::move(nothing_yet); }

void shared_search::joins() {
  const std::lock_guard lock(mutex_);
  ++workers_;
  due_.store(next_checkpoint(), std::memory_order_relaxed);
}

graph_pointer shared_search::take() {
  std::unique_lock lock(mutex_);
  ++idle_;
  hungry_.store(true, std::memory_order_relaxed);
  if (pauses_.load(std::memory_order_relaxed) && idle_ == workers_) write_checkpoint();
  given_.wait(lock, [&] {
    return over_ || (!pauses_.load(std::memory_order_relaxed) && (!work_.empty() || idle_ == workers_));
  });
  if (over_ || work_.empty()) {
    over_ = true;
    given_.notify_all();
    return nullptr;
  }
  --idle_;
  // The first in order first: so that a failure is found that few others can come before.
  const auto first = std::min_element(work_.begin(), work_.end(),
                                      [](const graph_pointer& a, const graph_pointer& b) { return a->path < b->path; });
  graph_pointer taken = std::move(*first);
  work_.erase(first);
  hungry_.store(idle_ > 0 && work_.size() < idle_, std::memory_order_relaxed);
  return taken;
}

void shared_search::give(graph_pointer work) {
  const std::lock_guard lock(mutex_);
  work_.push_back(std::move(work));
  hungry_.store(idle_ > work_.size(), std::memory_order_relaxed);
  given_.notify_one();
}

void shared_search::leave(std::vector<graph_pointer> left) {
  const std::lock_guard lock(mutex_);
  for (graph_pointer& each : left) work_.push_back(std::move(each));
}

bool shared_search::goes_on() {
  if (ended_.load(std::memory_order_relaxed)) return false;
  if (!options_.checkpoint.empty() && checkpoint_is_due()) return false;
  if (stop_.holds()) {
    end(stop_.reason());
    return false;
  }
  if (!options_.max_executions) return true;
  if (executions_.fetch_add(1, std::memory_order_relaxed) < *options_.max_executions) return true;
  end(fmt::format("the limit of {} executions", *options_.max_executions));
  return false;
}

bool shared_search::checkpoint_is_due() {
  if (pauses_.load(std::memory_order_relaxed)) return true;
  if (std::chrono::steady_clock::now().time_since_epoch().count() < due_.load(std::memory_order_relaxed)) return false;
  pauses_.store(true, std::memory_order_relaxed);
  return true;
}

void shared_search::end(std::string why) {
  const std::lock_guard lock(mutex_);
  if (!ended_.exchange(true)) stopped_by_ = std::move(why);
  over_ = true;
  given_.notify_all();
}

void shared_search::does_not_apply(const char* why, exploration::rule_set broken_rules) {
  {
    const std::lock_guard lock(mutex_);
    unreduced_ = why;
    broken_rules_ |= broken_rules;
  }
  end("");
}

void shared_search::thrown(std::exception_ptr what) {
  {
    const std::lock_guard lock(mutex_);
    if (thrown_ == nullptr) thrown_ = std::move(what);
  }
  end("");
}

void shared_search::count(piece done, double share) {
  const std::lock_guard lock(mutex_);
  share_done_ += share;
  pieces_.push_back(std::move(done));
}

bool shared_search::would_be_first(const tree_path& path) {
  const std::lock_guard lock(mutex_);
  return !first_ || path < first_->path;
}

void shared_search::ends_at(first_found found) {
  const std::lock_guard lock(mutex_);
  if (first_ && first_->path < found.path) return;
  first_ = std::move(found);
  found_.store(true, std::memory_order_release);
}

void shared_search::add(const output_table& of_worker) {
  const std::lock_guard lock(mutex_);
  outputs_.merge(of_worker);
}

tree_path shared_search::end_path() {
  const std::lock_guard lock(mutex_);
  return first_->path;
}

traces_found shared_search::conclude() {
  if (thrown_ != nullptr) std::rethrow_exception(thrown_);
  traces_found all{add_up(), unreduced_, broken_rules_};
  result& whole = all.found;
  whole.exhaustive = whole.exhaustive && stopped_by_.empty() && (!first_ || options_.keep_going);
  if (!first_ || options_.keep_going) {
    if (whole.exhaustive && !options_.shard) {
      whole.share_done = 1;
    } else if (keeps_shares()) {
      whole.share_done = share_done_;
    }
  }
  judge(whole, options_);
  if (!options_.checkpoint.empty() && unreduced_.empty()) write_checkpoint();
  return all;
}

result shared_search::add_up() {
  std::sort(pieces_.begin(), pieces_.end(), [](const piece& a, const piece& b) { return a.begins < b.begins; });
  result whole = before_;
  whole.verdict = verdict::pass;
  whole.exhaustive = true;
  for (const piece& each : pieces_) {
    if (first_ && !options_.keep_going && first_->path < each.begins) continue;
    const bool fails_here = first_ && first_->failed && !before_.failure && each.begins == first_->piece;
    const std::uint64_t before = whole.executions;
    whole += each.counted;
    if (fails_here) whole.failing_execution = before + each.counted.failing_execution;
  }
  if (first_ && !before_.failure) whole.failure = first_->failed;
  if (whole.outputs) whole.outputs = outputs_.sum();
  if (whole.failure) whole.verdict = verdict::fail;
  whole.share_done.reset();
  whole.estimate.reset();
  whole.elapsed_s = before_.elapsed_s;
  whole.stopped_by = stopped_by_;
  return whole;
}

// Nobody explores: all that is left is here.
void shared_search::write_checkpoint() {
  exploration::checkpoint now{options_.name, {}, add_up(), {}};
  now.settings = now.so_far.settings;
  now.so_far.share_done = share_done_;
  std::sort(work_.begin(), work_.end(),
            [](const graph_pointer& a, const graph_pointer& b) { return b->path < a->path; });
  for (const graph_pointer& each : work_) now.pending.push_back(*each);
  exploration::save(now, options_.checkpoint);
  due_.store(next_checkpoint(), std::memory_order_relaxed);
  pauses_.store(false, std::memory_order_relaxed);
  given_.notify_all();
}

}  // namespace heddle::checker
