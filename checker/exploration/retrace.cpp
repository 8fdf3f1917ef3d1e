#include "exploration/retrace.hpp"

#include <algorithm>

namespace heddle::checker::exploration {

std::uint32_t retrace::pick(const sim::choice_point& at) {
  if (at.kind == sim::choice_kind::thread) {
    // Turns with one candidate were not asked for: their moves have been made.
    const auto made = [&](const move& each) { return at.execution.thread(each.thread).events > each.events; };
    while (position_ < moves_.size() && made(moves_[position_])) ++position_;
    if (position_ == moves_.size()) return 0;  // it had ended there, in a race or for want of threads that can move
    // Who yields or sleeps may be held back here, where it was not: that depends on nobody, and can be later as well.
    // But what its thread does after that is not to be overtaken.
    held_.clear();
    for (std::size_t i = position_; i < moves_.size(); ++i) {
      const sim::thread_id thread = moves_[i].thread;
      if (made(moves_[i])) continue;
      const auto found = std::find(at.candidates.begin(), at.candidates.end(), thread);
      if (found != at.candidates.end()) return static_cast<std::uint32_t>(found - at.candidates.begin());
      const sim::operation_kind kind = at.execution.thread(thread).pending.kind;
      const bool again = std::find(held_.begin(), held_.end(), thread) != held_.end();
      if (again || (kind != sim::operation_kind::yield && kind != sim::operation_kind::sleep)) return gives_up;
      held_.push_back(thread);
    }
    return gives_up;
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
