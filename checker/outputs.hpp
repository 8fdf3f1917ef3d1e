// What executions print, where a search is asked about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <heddle/result.hpp>
#include <heddle/sim/monitor.hpp>

#include "detectors/detectors.hpp"
#include "exploration/event_graph.hpp"

namespace heddle::checker {

/**
 * Stands before the detectors, and ends an execution as soon as it cannot print what is looked for any more. But not a
 * directed one: what other traces there are is found by going on to its end.
 */
class output_watch final : public sim::monitor {
 public:
  /** `wanted`: null where the search is for nothing. */
  explicit output_watch(const std::string* wanted) noexcept : wanted_(wanted) {}
  /** Of the next executions. */
  void stand_before(detectors& watching) noexcept { detectors_ = &watching; }

  [[nodiscard]] sim::operation_kinds interests() const noexcept override {
    return detectors_->interests() | (wanted_ != nullptr ? sim::kinds({sim::operation_kind::print}) : 0);
  }
  void on_begin(sim::simulator& execution) override;
  void on_event(const sim::event& happened) override;
  void on_blocked(sim::thread_id thread) override { detectors_->on_blocked(thread); }
  void on_failed(const sim::ending& how) override { somebody_failed_ |= how.kind != sim::ending_kind::discarded; }
  void on_end(const sim::ending& how) override;

  /** Whether a thread of the directed execution has failed, which by itself would have ended it. */
  [[nodiscard]] bool somebody_failed() const noexcept { return somebody_failed_; }
  /** Whether the others have gone on after that as far as they can. */
  [[nodiscard]] bool went_to_the_end() const noexcept { return went_to_the_end_; }

 private:
  const std::string* wanted_;
  detectors* detectors_ = nullptr;
  sim::simulator* execution_ = nullptr;
  std::size_t agreed_ = 0;  // bytes of the output, which are those that `wanted_` begins with
  bool somebody_failed_ = false;
  bool went_to_the_end_ = false;
};

/** The different outputs of executions, in whatever order those come. Holds program_outputs::most of them. */
class output_table {
 public:
  /** One more execution. Asks for its schedule if no earlier one of the search has printed that; it may be empty. */
  void add(std::string_view text, bool failed, const exploration::tree_path& at,
           const std::function<std::string()>& schedule);
  /** Another part of the same search. */
  void merge(const output_table& part);
  /** A trace that failed, so that other executions of it may have been ended elsewhere. */
  void count_cut() noexcept { ++cut_by_failures_; }

  [[nodiscard]] program_outputs sum() const;

 private:
  struct entry {
    std::uint64_t executions = 0;
    std::uint64_t failures = 0;
    exploration::tree_path first;
    std::string schedule;

    void prefer(const entry& other, const std::function<std::string()>& schedule_of_other);
  };
  void drop_last();

  std::map<std::string, entry, std::less<>> kept_;
  std::uint64_t left_out_ = 0;
  std::uint64_t cut_by_failures_ = 0;
};

/** Keeps the output that agrees for longest with what is looked for: of several, the first. */
void keep_closest(output_search& of, std::string_view text);

/** The verdict of a search for an output. */
void judge_output(result& found);

}  // namespace heddle::checker
