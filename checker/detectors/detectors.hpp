// The detectors together, as the monitor of an execution.
#pragma once

#include <functional>
#include <optional>

#include <heddle/options.hpp>
#include <heddle/sim/monitor.hpp>
#include <heddle/sim/simulator.hpp>

#include "detectors/finding.hpp"
#include "detectors/lost_update_detector.hpp"
#include "detectors/race_detector.hpp"

namespace heddle::checker {

/** Watches executions one after another, and says of each whether it failed. */
class detectors final : public sim::monitor {
 public:
  /** `explain`: look for lost updates, even where they are no failure. */
  explicit detectors(const options& with, bool explain = false)
      : fail_on_lost_update_(with.lost_updates),
        look_for_lost_updates_(with.lost_updates || explain),
        look_for_races_(with.races == race_policy::stop),
        judge_(with.judge) {}

  [[nodiscard]] sim::operation_kinds interests() const noexcept override;
  void on_begin(sim::simulator& execution) override;
  void on_event(const sim::event& happened) override;
  void on_blocked(sim::thread_id thread) override;
  void on_end(const sim::ending& how) override;

  /**
   * Clocks cost time in every event, and programs without shared variables need none. So they are kept only from the
   * execution on in which a shared variable is first met. That execution is ended there, and this is true: the search
   * calls track_races and runs it again.
   */
  [[nodiscard]] bool must_track_races() const noexcept { return must_track_races_; }
  void track_races() noexcept {
    tracks_races_ = look_for_races_;
    must_track_races_ = false;
  }

  /** The failure of the execution that has ended. A race comes before whatever came of it. */
  [[nodiscard]] const std::optional<finding>& found() const noexcept { return found_; }
  /** After a race: how the execution went on and failed, if it did. */
  [[nodiscard]] const std::optional<finding>& consequence() const noexcept { return consequence_; }
  [[nodiscard]] const std::vector<finding>& lost_updates() const noexcept { return updates_.found(); }

 private:
  void look_for_cycle(sim::thread_id thread);
  [[nodiscard]] bool may_be_opened(const finding& cycle) const;
  [[nodiscard]] std::optional<finding> cycle_from(sim::thread_id thread) const;
  [[nodiscard]] std::optional<finding> any_cycle() const;
  [[nodiscard]] std::optional<finding> judge(const sim::ending& how) const;
  [[nodiscard]] std::optional<finding> judge_by_property(bool blocked) const;

  bool fail_on_lost_update_;
  bool look_for_lost_updates_;
  bool look_for_races_;
  std::function<std::optional<objection>(bool)> judge_;  // may be empty
  bool tracks_races_ = false;
  bool must_track_races_ = false;
  sim::simulator* execution_ = nullptr;
  race_detector races_;
  lost_update_detector updates_;
  std::optional<finding> stopped_for_;
  std::optional<finding> found_;
  std::optional<finding> consequence_;
};

}  // namespace heddle::checker
