#include "trace_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "detectors/detectors.hpp"
#include "exploration/checkpoint.hpp"
#include "running_search.hpp"
#include "search.hpp"
#include "stop_condition.hpp"
#include "strategies/dpor.hpp"

namespace heddle::checker {
namespace {

using exploration::event_graph;
using exploration::tree_path;
using graph_pointer = std::unique_ptr<event_graph>;

/** What was counted of one piece: see search_traces. */
struct piece {
  tree_path begins;
  result counted;
};

/** The failure that comes first, of those that are known. */
struct first_failure {
  tree_path path;
  tree_path piece;
  failure what;
};

/** What the workers share. */
class shared_search {
 public:
  explicit shared_search(const options& with) : options_(with), stop_(with.time_limit, with.stop) {}

  /** A graph to explore; null when the search is over. Waits for others to give some. */
  graph_pointer take() {
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
    const auto first = std::min_element(
        work_.begin(), work_.end(), [](const graph_pointer& a, const graph_pointer& b) { return a->path < b->path; });
    graph_pointer taken = std::move(*first);
    work_.erase(first);
    hungry_.store(idle_ > 0 && work_.size() < idle_, std::memory_order_relaxed);
    return taken;
  }

  /** Whether somebody waits for work. */
  [[nodiscard]] bool hungry() const noexcept { return hungry_.load(std::memory_order_relaxed); }

  void give(graph_pointer work) {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
    hungry_.store(idle_ > work_.size(), std::memory_order_relaxed);
    given_.notify_one();
  }

  /** From now on somebody is there who can be idle: only then a checkpoint may be due. */
  void joins() {
    const std::lock_guard lock(mutex_);
    ++workers_;
    due_.store(next_checkpoint(), std::memory_order_relaxed);
  }

  /** Whether an execution may be begun. If not, what is left is to be given back: for a checkpoint, or for good. */
  [[nodiscard]] bool goes_on() {
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

  [[nodiscard]] bool is_over() const noexcept { return ended_.load(std::memory_order_relaxed); }

  void end(std::string why) {
    const std::lock_guard lock(mutex_);
    if (!ended_.exchange(true)) stopped_by_ = std::move(why);
    over_ = true;
    given_.notify_all();
  }

  void leave(std::vector<graph_pointer> left) {
    const std::lock_guard lock(mutex_);
    for (graph_pointer& each : left) work_.push_back(std::move(each));
  }

  void does_not_apply(const char* why) {
    {
      const std::lock_guard lock(mutex_);
      unreduced_ = why;
    }
    end("");
  }

  void count(piece done, double share) {
    const std::lock_guard lock(mutex_);
    share_done_ += share;
    pieces_.push_back(std::move(done));
  }

  /** Whether a failure at `path` would come before those that are known. */
  [[nodiscard]] bool would_be_first(const tree_path& path) {
    const std::lock_guard lock(mutex_);
    return !first_ || path < first_->path;
  }
  void failed(first_failure found) {
    const std::lock_guard lock(mutex_);
    if (first_ && first_->path < found.path) return;
    first_ = std::move(found);
    failed_.store(true, std::memory_order_release);
  }
  /** Where the first failure is, if one is known, and the search ends there. */
  [[nodiscard]] bool ends_at_failure() const noexcept {
    return !options_.keep_going && failed_.load(std::memory_order_acquire);
  }
  [[nodiscard]] tree_path failure_path() {
    const std::lock_guard lock(mutex_);
    return first_->path;
  }

  /** A worker was left by an exception: it is thrown again at the end. */
  void thrown(std::exception_ptr what) {
    {
      const std::lock_guard lock(mutex_);
      if (thrown_ == nullptr) thrown_ = std::move(what);
    }
    end("");
  }

  /** Goes on where another search has stopped. */
  void resume(exploration::checkpoint from) {
    share_done_ = from.so_far.share_done.value_or(0);
    before_ = std::move(from.so_far);
    before_.stopped_by.clear();
    for (event_graph& each : from.pending) work_.push_back(std::make_unique<event_graph>(std::move(each)));
  }
  /** What has been counted before there were any pieces. */
  void begin_with(result nothing_yet) { before_ = std::move(nothing_yet); }

  [[nodiscard]] traces_found conclude() {
    if (thrown_ != nullptr) std::rethrow_exception(thrown_);
    traces_found all{add_up(), unreduced_};
    result& whole = all.found;
    whole.exhaustive = whole.exhaustive && stopped_by_.empty() && (!first_ || options_.keep_going);
    if (!first_ || options_.keep_going) whole.share_done = whole.exhaustive && !options_.shard ? 1 : share_done_;
    judge(whole, options_);
    if (!options_.checkpoint.empty() && unreduced_.empty()) write_checkpoint();
    return all;
  }

 private:
  [[nodiscard]] result add_up() {
    std::sort(pieces_.begin(), pieces_.end(), [](const piece& a, const piece& b) { return a.begins < b.begins; });
    result whole = before_;
    whole.verdict = verdict::pass;
    whole.exhaustive = true;
    for (const piece& each : pieces_) {
      if (first_ && !options_.keep_going && first_->path < each.begins) continue;
      const bool fails_here = first_ && !before_.failure && each.begins == first_->piece;
      const std::uint64_t before = whole.executions;
      whole += each.counted;
      if (fails_here) whole.failing_execution = before + each.counted.failing_execution;
    }
    if (first_ && !before_.failure) whole.failure = first_->what;
    if (whole.failure) whole.verdict = verdict::fail;
    whole.share_done.reset();
    whole.elapsed_s = before_.elapsed_s;
    whole.stopped_by = stopped_by_;
    return whole;
  }

  [[nodiscard]] bool checkpoint_is_due() {
    if (pauses_.load(std::memory_order_relaxed)) return true;
    if (std::chrono::steady_clock::now().time_since_epoch().count() < due_.load(std::memory_order_relaxed))
      return false;
    pauses_.store(true, std::memory_order_relaxed);
    return true;
  }

  // Nobody explores: all that is left is here.
  void write_checkpoint() {
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

  [[nodiscard]] static std::int64_t next_checkpoint() {
    return (std::chrono::steady_clock::now() + checkpoint_interval).time_since_epoch().count();
  }

  static constexpr std::chrono::seconds checkpoint_interval{1};

  const options& options_;
  stop_condition stop_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::vector<graph_pointer> work_;
  std::size_t idle_ = 0;
  std::size_t workers_ = 0;
  bool over_ = false;
  std::atomic<bool> hungry_{false};
  std::atomic<bool> ended_{false};
  std::atomic<bool> failed_{false};
  std::atomic<std::uint64_t> executions_{0};
  std::atomic<bool> pauses_{false};  // everybody gives back what is left, so that it can be stored
  std::atomic<std::int64_t> due_{INT64_MAX};
  result before_;
  std::string stopped_by_;
  std::string unreduced_;
  std::vector<piece> pieces_;
  double share_done_ = 0;
  std::optional<first_failure> first_;
  std::exception_ptr thrown_;
};

/** One OS thread's part. */
class worker {
 public:
  worker(shared_search& shared, const program& body, const options& with)
      : shared_(shared), search_(body, picks_, with), watching_(with.lost_updates, false, with.races) {}

  void run() {
    while (graph_pointer next = shared_.take()) {
      begin(std::move(next));
      while (explores_next()) {
        if (picks_.pending() > 1 && shared_.hungry()) shared_.give(picks_.give_away_last());
      }
      if (picks_.pending() > 0) shared_.leave(picks_.give_away());
      end(true);
    }
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

  /** One execution; false if there is none to run. */
  bool explores_next() {
    if (shared_.ends_at_failure()) picks_.end_at(shared_.failure_path());
    if (picks_.pending() == 0 || !shared_.goes_on() || !picks_.begin()) return false;
    const bool failed = search_.run_unrecorded(watching_);
    if (picks_.inapplicable() != nullptr) {
      shared_.does_not_apply(picks_.inapplicable());
      return false;
    }
    if (failed && counts_ && shared_.would_be_first(picks_.path())) {
      const tree_path path = picks_.path();
      search_.explain_latest();
      shared_.failed({path, present_.begins, std::move(*search_.so_far().failure)});
    }
    return true;
  }

  shared_search& shared_;
  dpor picks_{dpor::starts::with_nothing};
  running_search search_;
  detectors watching_;
  piece present_;
  double share_before_ = 0;
  bool counts_ = true;  // what is found now
};

unsigned workers_for(const options& with) {
  return with.jobs != 0 ? with.jobs : std::max(1U, std::thread::hardware_concurrency());
}

// The graphs that are this shard's. All shards explore the first ones, in the same order, until there are enough to be
// dealt out; the first shard counts those.
void deal(shared_search& shared, const program& body, const options& with) {
  constexpr std::size_t graphs_a_shard = 64;
  worker expands(shared, body, with);
  std::deque<graph_pointer> all;
  all.push_back(dpor::beginning());
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

}  // namespace

traces_found search_traces(const program& body, const options& with) {
  const auto begun = std::chrono::steady_clock::now();
  if (with.progress != nullptr) with.progress->restart();
  shared_search shared(with);
  const auto run = [&] {
    try {
      worker(shared, body, with).run();
    } catch (...) {
      shared.thrown(std::current_exception());
    }
  };
  dpor none(dpor::starts::with_nothing);
  shared.begin_with(running_search(body, none, with).take_result());
  if (!with.resume.empty()) {
    exploration::checkpoint from = exploration::load(with.resume);
    exploration::require_same(from, with);
    shared.resume(std::move(from));
  } else if (with.shard) {
    deal(shared, body, with);
  } else {
    shared.give(dpor::beginning());
  }
  {
    std::vector<std::jthread> others;
    shared.joins();
    for (unsigned i = 1; i < workers_for(with); ++i) {
      shared.joins();
      others.emplace_back(run);
    }
    run();
  }
  traces_found all = shared.conclude();
  all.found.elapsed_s += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return all;
}

}  // namespace heddle::checker
