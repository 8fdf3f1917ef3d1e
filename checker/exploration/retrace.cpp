#include "exploration/retrace.hpp"

#include <algorithm>

namespace heddle::checker::exploration {

std::uint32_t retrace::pick(const sim::choice_point& at) {
  if (at.kind == sim::choice_kind::thread) {
    // Turns with one candidate were not asked for: their moves have been made.
    const auto made = [&](const move& each) { return at.execution.thread(each.thread).events > each.events; };
    while (position_ < moves_.size() && made(moves_[position_])) ++position_;
    if (position_ == moves_.size()) return 0;  // it had ended there, in a race or for want of threads that can move
    const auto found = std::find(at.candidates.begin(), at.candidates.end(), moves_[position_].thread);
    return found == at.candidates.end() ? gives_up : static_cast<std::uint32_t>(found - at.candidates.begin());
  }
  // Directed executions are asked for faults without limit.
  const bool no_more_faults = faults_ == at.execution.set_to().max_faults;
  while (picked_ < picks_.size() && no_more_faults && picks_[picked_].kind == sim::choice_kind::fault) ++picked_;
  if (picked_ == picks_.size()) return gives_up;
  const sim::choice& next = picks_[picked_++];
  if (next.kind != at.kind || next.count != at.count) return gives_up;
  if (next.kind == sim::choice_kind::fault && next.picked != 0) ++faults_;
  return next.picked;
}

}  // namespace heddle::checker::exploration
