#include "detectors/lost_update_detector.hpp"

namespace heddle::checker {
namespace {

bool is_variable(sim::object_kind kind) noexcept {
  return kind == sim::object_kind::atomic || kind == sim::object_kind::shared || kind == sim::object_kind::variable;
}

}  // namespace

void lost_update_detector::begin() {
  for (variable& each : variables_) {
    each.version = 0;
    each.views.clear();
  }
  found_.clear();
}

void lost_update_detector::on_event(const sim::event& happened) {
  const sim::object* target = happened.what.target;
  if (target == nullptr || !is_variable(target->kind())) return;
  if (target->id() >= variables_.size()) variables_.resize(std::size_t{target->id()} + 1);
  variable& state = variables_[target->id()];
  if (happened.thread >= state.views.size()) state.views.resize(std::size_t{happened.thread} + 1);
  view& own = state.views[happened.thread];

  if (happened.done == sim::effect::read) {
    own = {state.version, happened.index, true};
    return;
  }
  const bool overwrites_unseen = happened.done == sim::effect::write && own.based_on_read &&
                                 own.version < state.version && state.last_write.thread != happened.thread;
  if (overwrites_unseen && found_.size() < most_kept) {
    found_.push_back(
        {.kind = failure_kind::lost_update,
         .thread = happened.thread,
         .object = target->id(),
         .events = {{happened.thread, own.read_index}, state.last_write, {happened.thread, happened.index}},
         .threads = {},
         .message = {}});
  }
  ++state.version;
  state.last_write = {happened.thread, happened.index};
  own = {state.version, 0, false};
}

}  // namespace heddle::checker
