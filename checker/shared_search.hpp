// What the workers of a search by traces share: the graphs that nobody explores yet, and what has been found.
#pragma once

#include <heddle/explore.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "exploration/checkpoint.hpp"
#include "exploration/event_graph.hpp"
#include "outputs.hpp"
#include "stop_condition.hpp"
#include "trace_search.hpp"

namespace heddle::checker {

using graph_pointer = std::unique_ptr<exploration::event_graph>;

/** What was counted of one piece: see search_traces. */
struct piece {
  exploration::tree_path begins;
  result counted;
};

/** What may end the search, of all that is known the one that comes first: a failure, or the output looked for. */
struct first_found {
  exploration::tree_path path;
  exploration::tree_path piece;
  std::optional<failure> failed;
};

/** Whether anything may end a search from outside before it has come to its end. */
[[nodiscard]] inline bool may_stop(const options& with) noexcept {
  return with.max_executions || with.time_limit || with.stop != nullptr;
}

/** Safe to use from several OS threads, but for what comes before and after there are any. */
class shared_search {
 public:
  explicit shared_search(const options& with) : options_(with), stop_(with.time_limit, with.stop) {}

  /** Goes on where another search has stopped. */
  void resume(exploration::checkpoint from);
  /** What has been counted before there were any pieces. */
  void begin_with(result nothing_yet);
  /** Where the workers are going to begin: what has been counted, what is left, and how much of all has been done. */
  [[nodiscard]] result so_far() { return add_up(); }
  [[nodiscard]] const std::vector<graph_pointer>& left() const noexcept { return work_; }
  [[nodiscard]] double share_done() const noexcept { return share_done_; }
  /** Whether that is counted: somebody may see how much has been done of a search that is not at its end. */
  [[nodiscard]] bool keeps_shares() const noexcept {
    return options_.progress != nullptr || may_stop(options_) || options_.shard || !options_.checkpoint.empty();
  }
  /** What all of it has come to. Throws what a worker was left by. */
  [[nodiscard]] traces_found conclude();

  /** From now on somebody is there who can be idle: only then a checkpoint may be due. */
  void joins();
  /** A graph to explore; null when the search is over. Waits for others to give some. */
  [[nodiscard]] graph_pointer take();
  /** Whether somebody waits for work. */
  [[nodiscard]] bool hungry() const noexcept { return hungry_.load(std::memory_order_relaxed); }
  void give(graph_pointer work);
  /** Gives back what is left. */
  void leave(std::vector<graph_pointer> left);

  /** Whether an execution may be begun. If not, what is left is to be given back: for a checkpoint, or for good. */
  [[nodiscard]] bool goes_on();
  [[nodiscard]] bool is_over() const noexcept { return ended_.load(std::memory_order_relaxed); }
  /** Whether it ended for having made all the executions that it may. */
  [[nodiscard]] bool has_made_all() const noexcept {
    return options_.max_executions && executions_.load(std::memory_order_relaxed) > *options_.max_executions;
  }
  void does_not_apply(const char* why, exploration::rule_set broken_rules);
  [[nodiscard]] exploration::rule_set broken_rules() const noexcept { return broken_rules_; }
  /** A worker was left by an exception: it is thrown again at the end. */
  void thrown(std::exception_ptr what);

  void count(piece done, double share);
  /** Whether what is found at `path` would come before what is known. */
  [[nodiscard]] bool would_be_first(const exploration::tree_path& path);
  void ends_at(first_found found);
  /** The outputs of a worker's executions. */
  void add(const output_table& of_worker);
  /** Whether something has been found at which the search ends, and where that is. */
  [[nodiscard]] bool has_end() const noexcept { return !options_.keep_going && found_.load(std::memory_order_acquire); }
  [[nodiscard]] exploration::tree_path end_path();

 private:
  void end(std::string why);
  [[nodiscard]] result add_up();
  [[nodiscard]] bool checkpoint_is_due();
  void write_checkpoint();

  const options& options_;
  stop_condition stop_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::vector<graph_pointer> work_;
  std::size_t idle_ = 0;
  std::size_t workers_ = 0;
  bool over_ = false;

  // Looked at before every execution by all, and seldom changed; what all change then stands apart from it.
  static constexpr std::size_t cache_line = 64;
  alignas(cache_line) std::atomic<bool> hungry_{false};
  std::atomic<bool> ended_{false};
  std::atomic<bool> found_{false};
  std::atomic<bool> pauses_{false};  // everybody gives back what is left, so that it can be stored
  std::atomic<std::int64_t> due_{INT64_MAX};
  alignas(cache_line) std::atomic<std::uint64_t> executions_{0};

  alignas(cache_line) result before_;
  std::string stopped_by_;
  std::string unreduced_;
  exploration::rule_set broken_rules_ = 0;
  std::vector<piece> pieces_;
  double share_done_ = 0;
  std::optional<first_found> first_;
  output_table outputs_;
  std::exception_ptr thrown_;
};

}  // namespace heddle::checker
