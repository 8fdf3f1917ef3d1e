// A directed execution once more, as an ordinary one: with a choice at each point where there is one.
#pragma once

#include <cstdint>
#include <vector>

#include "exploration/conductor.hpp"

namespace heddle::checker::exploration {

/** Picks what a directed execution did, so that it gets a schedule. */
class retrace final : public sim::picker {
 public:
  retrace(std::vector<move> moves, std::vector<sim::choice> picks)
      : moves_(std::move(moves)), picks_(std::move(picks)) {}

  std::uint32_t pick(const sim::choice_point& at) override;

 private:
  std::vector<move> moves_;
  std::vector<sim::choice> picks_;
  std::size_t position_ = 0;
  std::size_t picked_ = 0;
  std::uint32_t faults_ = 0;
  std::vector<sim::thread_id> held_;
};

}  // namespace heddle::checker::exploration
