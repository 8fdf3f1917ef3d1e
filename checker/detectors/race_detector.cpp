#include "detectors/race_detector.hpp"

#include <algorithm>

namespace heddle::checker {

void race_detector::begin() {
  order_.begin();
  slots_.clear();
  used_ = 0;
  found_.reset();
}

void race_detector::on_event(const sim::event& happened) {
  if (happened.what.kind == sim::operation_kind::read || happened.what.kind == sim::operation_kind::write) {
    on_access(happened);
  } else {
    order_.on_event(happened);
  }
}

race_detector::variable& race_detector::state_of(sim::object_id object) {
  if (object >= slots_.size()) slots_.resize(std::size_t{object} + 1, 0);
  if (slots_[object] == 0) {
    if (used_ == variables_.size()) variables_.emplace_back();
    variable& fresh = variables_[used_];
    fresh.writer = sim::no_thread;
    fresh.write = {};
    fresh.reads.clear();
    slots_[object] = ++used_;
  }
  return variables_[slots_[object] - 1];
}

void race_detector::on_access(const sim::event& happened) {
  if (found_) return;
  variable& state = state_of(happened.what.target->id());
  const sim::thread_id self = happened.thread;
  if (state.writer != sim::no_thread && !order_.ordered(state.writer, state.write.at, self)) {
    return report(happened, state.writer, state.write.index);
  }
  const access now{order_.now(self), happened.index};
  if (happened.done == sim::effect::read) {
    if (state.reads.size() <= self) state.reads.resize(std::size_t{self} + 1);
    state.reads[self] = now;
    return;
  }
  for (sim::thread_id reader = 0; reader < state.reads.size(); ++reader) {
    if (!order_.ordered(reader, state.reads[reader].at, self)) {
      return report(happened, reader, state.reads[reader].index);
    }
  }
  state.reads.clear();  // whatever races with one of them races with this write too
  state.writer = self;
  state.write = now;
}

void race_detector::report(const sim::event& happened, sim::thread_id other, std::uint32_t other_index) {
  found_ = finding{.kind = failure_kind::data_race,
                   .thread = happened.thread,
                   .object = happened.what.target->id(),
                   .events = {{other, other_index}, {happened.thread, happened.index}},
                   .threads = {},
                   .message = {}};
}

}  // namespace heddle::checker
