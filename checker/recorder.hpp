// Records everything about one execution: the second, slow speed at which a failure is looked at.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include <heddle/sim/monitor.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/trace.hpp>

#include "detectors/detectors.hpp"
#include "places/source_places.hpp"

namespace heddle::checker {

/**
 * A monitor that records a trace while it lets the detectors watch; and a picker that passes on another's picks, to
 * know which switches were preemptions.
 */
class recorder final : public sim::monitor, public sim::picker {
 public:
  recorder(detectors& watching, sim::picker& picks) noexcept : detectors_(watching), picks_(picks) {}

  /** Called with each step as it happens, after it has been added to the trace. */
  std::function<void(const trace& so_far, const step& latest)> on_step;

  [[nodiscard]] bool records() const noexcept override { return true; }
  void on_begin(sim::simulator& execution) override;
  void on_event(const sim::event& happened) override;
  void on_blocked(sim::thread_id thread) override { detectors_.on_blocked(thread); }
  void on_object(const sim::object& made, std::string_view name, source_location where) override;
  void on_copy(const sim::object& copy, const sim::object& original, sim::thread_id main) override;
  void on_end(const sim::ending& how) override;
  std::uint32_t pick(const sim::choice_point& at) override;

  [[nodiscard]] trace& recorded() noexcept { return trace_; }
  /** The place at which the execution ended: of the failed check, of the misuse. */
  [[nodiscard]] const place& ended_at() const noexcept { return ended_at_; }
  [[nodiscard]] std::uint32_t preemptions() const noexcept { return preemptions_; }

 private:
  [[nodiscard]] step describe(const sim::operation& op, sim::thread_id thread);

  detectors& detectors_;
  sim::picker& picks_;
  sim::simulator* execution_ = nullptr;
  source_places places_;
  trace trace_;
  place ended_at_;
  std::uint32_t preemptions_ = 0;
  bool preempting_ = false;
};

}  // namespace heddle::checker
