// The search for an order that explains a history: depth first, with a stack of its own, so that a history may be long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <heddle/linearizability.hpp>

#include "linearizability/chains.hpp"
#include "linearizability/seen_configurations.hpp"

namespace heddle::checker {

class order_search {
 public:
  order_search(std::span<const timed_operation> history, transition_system& model, order_request what);

  [[nodiscard]] explanation run();

 private:
  /** Chains are tried in the order of their heads' returns: who has to be done first is most likely to come next. */
  using rank = std::pair<std::uint64_t, std::size_t>;  // return of the head, chain

  /** A configuration on the way from the initial one to where the search is. The positions are kept once, for all. */
  struct frame {
    state_id state;
    std::uint64_t deadline;       // the least return of what has not happened yet
    std::optional<rank> tried;    // the chain that was moved last
    bool settled;                 // whether nothing else needs to be tried after that move
    std::size_t first_successor;  // of what that move leads to: successors_ from here on are not yet tried
  };

  /** Puts the present positions with this state on top of the stack. */
  void enter(state_id state);
  /** Goes on from the top of the stack; false if there is nothing left to try there. */
  bool advance();
  /** Takes the top off, and undoes the move that led there. */
  void leave();
  /** The next chain that may move from there. */
  [[nodiscard]] std::optional<rank> next_candidate(const frame& from) const;
  /** Tries the reads that can happen now; whether one can. */
  bool settle_by_read(frame& top);
  void find_successors(const frame& top);
  [[nodiscard]] bool has_head(std::size_t which) const { return positions_[which] < chains_[which].size(); }
  [[nodiscard]] std::size_t head(std::size_t which) const { return chains_[which][positions_[which]]; }

  /** Keeps the order if it explains all, or more than any before. */
  void keep_if_better(const frame& reached);
  /** Of the operations that wait for ever, the first that could happen in this state. */
  [[nodiscard]] std::optional<std::size_t> first_able(state_id state);

  std::span<const timed_operation> history_;
  transition_system& model_;
  order_request what_;
  std::vector<chain> chains_;
  std::vector<std::size_t> waiting_;  // if stuck: what never returned, in the order of the calls
  seen_configurations seen_;

  std::vector<std::uint32_t> positions_;  // in each chain, of the first that has not happened
  std::vector<frame> frames_;
  std::vector<state_id> successors_;
  std::vector<state_id> scratch_;
  std::vector<std::size_t> order_;  // what has happened on the way: one fewer than frames

  explanation best_;
  std::optional<std::uint64_t> best_deadline_;
  std::size_t in_common_ = 0;  // how much of the best order is still the beginning of the present one
};

}  // namespace heddle::checker
