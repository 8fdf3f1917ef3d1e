// Optimal dynamic partial-order reduction: one execution for each trace.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "exploration/conductor.hpp"
#include "exploration/event_graph.hpp"
#include "exploration/explorer.hpp"
#include "exploration/retrace.hpp"
#include "random.hpp"
#include "strategies/strategy.hpp"

namespace heddle::checker {

/**
 * Explores each trace once (see exploration::explorer). The graphs that are still to be explored stand on a stack, the
 * latest on top: memory is polynomial in the length of an execution, whatever their number.
 */
class dpor final : public strategy {
 public:
  /** With the whole search ahead, or with nothing to do. */
  enum class starts : std::uint8_t { from_the_beginning, with_nothing };
  explicit dpor(starts how = starts::from_the_beginning, exploration::rule_set rules_off = 0);

  /** Nobody is going to ask for shares, neither here nor of the graphs that are given away: they cost time. */
  void forget_shares() noexcept { keeps_shares_ = false; }

  /** The graph that a search begins with: nothing has happened. `rules_off`: of exploration::commuting_rules. */
  [[nodiscard]] static std::unique_ptr<exploration::event_graph> beginning(exploration::rule_set rules_off = 0);
  /** One more graph to explore, before the others. */
  void take(std::unique_ptr<exploration::event_graph> graph) { pending_.push_back(std::move(graph)); }
  /** The same with a copy. */
  void take_copy(const exploration::event_graph& graph);
  /** Those that are still to be explored, the last one first. */
  [[nodiscard]] std::size_t pending() const noexcept { return pending_.size(); }
  /** Gives away the one that would be explored last: it stands for more than the others. */
  [[nodiscard]] std::unique_ptr<exploration::event_graph> give_away_last();
  /**
   * Between two executions: the graphs that are still to be explored, the next one last. They are forgotten here:
   * exhaustive() is about what was not given away.
   */
  [[nodiscard]] std::vector<std::unique_ptr<exploration::event_graph>> give_away();
  /**
   * Between two executions: forgets all that are to be explored but one, or but none where it is the execution that has
   * ended. Each, that execution too, is drawn as often as it stands for a share of the search.
   */
  void keep_one(random_generator& draws);
  /** What comes behind `last` is not explored. */
  void end_at(const exploration::tree_path& last);
  /** Of the execution that has ended. */
  [[nodiscard]] const exploration::tree_path& path() const noexcept { return path_; }
  /** How much of the whole search has been done here, as far as one can tell. */
  [[nodiscard]] double share_done() const noexcept { return share_done_; }
  /** And by the execution that has ended. */
  [[nodiscard]] double share() const noexcept { return share_; }

  bool begin() override;
  [[nodiscard]] sim::director* directs() noexcept override { return &conductor_; }
  /** Where it does not direct: an ordinary execution, by the first possibilities. */
  std::uint32_t pick(const sim::choice_point& at) override { return at.execution.directed() ? conductor_.pick(at) : 0; }
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
  [[nodiscard]] bool in_vain() const override { return conductor_.in_vain(); }
  [[nodiscard]] const char* inapplicable() const override { return conductor_.irreducible(); }
  /** If that is because of rules that do not hold: these. */
  [[nodiscard]] exploration::rule_set broken_rules() const noexcept { return conductor_.broken_rules(); }

 private:
  double share_out(double share);

  exploration::explorer explorer_;
  exploration::conductor conductor_;
  std::vector<std::unique_ptr<exploration::event_graph>> pending_;
  std::unique_ptr<exploration::event_graph> present_;
  exploration::tree_path path_;
  double share_done_ = 0;
  double share_ = 0;
  std::vector<double> log_ways_;
  bool keeps_shares_ = true;
  bool exhaustive_ = true;
};

}  // namespace heddle::checker
