// Optimal dynamic partial-order reduction: one execution for each trace.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "exploration/conductor.hpp"
#include "exploration/event_graph.hpp"
#include "exploration/explorer.hpp"
#include "exploration/retrace.hpp"
#include "strategies/strategy.hpp"

namespace heddle::checker {

/**
 * Explores each trace once (see exploration::explorer). The graphs that are still to be explored stand on a stack, the
 * latest on top: memory is polynomial in the length of an execution, whatever their number.
 */
class dpor final : public strategy {
 public:
  dpor();

  bool begin() override;
  [[nodiscard]] sim::director* directs() noexcept override { return &conductor_; }
  std::uint32_t pick(const sim::choice_point& at) override { return conductor_.pick(at); }
  void end(const sim::simulator& ran) override;
  void begin_again() override;
  /** The turns, if there is more than one way to go about them. */
  [[nodiscard]] std::uint64_t choices(const sim::simulator& /*ran*/) const override {
    return conductor_.choices_met() ? conductor_.moves().size() : conductor_.picks().size();
  }
  [[nodiscard]] std::unique_ptr<sim::picker> retrace() const override {
    return std::make_unique<exploration::retrace>(conductor_.moves(), conductor_.picks());
  }
  [[nodiscard]] bool exhaustive() const override { return exhaustive_; }
  [[nodiscard]] const std::string* mismatch() const override {
    return conductor_.mismatch().empty() ? nullptr : &conductor_.mismatch();
  }
  [[nodiscard]] const char* inapplicable() const override { return conductor_.irreducible(); }

 private:
  exploration::explorer explorer_;
  exploration::conductor conductor_;
  std::vector<std::unique_ptr<exploration::event_graph>> pending_;
  std::unique_ptr<exploration::event_graph> present_;
  bool exhaustive_ = true;
};

}  // namespace heddle::checker
