#include "shrinking/default_schedule.hpp"

#include <algorithm>

#include "preemption.hpp"

namespace heddle::checker {

std::uint32_t default_pick(const sim::choice_point& at) {
  if (at.kind != sim::choice_kind::thread) return 0;
  if (const std::optional<std::uint32_t> self = would_go_on(at)) return *self;
  const auto self = std::ranges::find(at.candidates, at.running);
  if (self == at.candidates.end()) return 0;
  // It gives way. Else two threads that wait for a third one in loops that yield would only ever give way to each
  // other.
  return static_cast<std::uint32_t>(self - at.candidates.begin() + 1) % at.count;
}

deviation deviation_points::at(const sim::choice_point& point) {
  const bool between_events = point.kind == sim::choice_kind::thread;
  const sim::thread_id thread = between_events ? point.running : point.execution.running();
  const std::uint32_t after = point.execution.thread(thread).events;
  if (thread != thread_ || after != after_ || point.kind != kind_) count_ = 0;
  thread_ = thread;
  after_ = after;
  kind_ = point.kind;
  return {.thread = point.execution.path(thread), .after = after, .kind = point.kind, .nth = count_++};
}

deviation deviation_points::picking(deviation address, const sim::choice_point& point, std::uint32_t picked) {
  if (point.candidates.empty()) {
    address.picked = picked;
  } else {
    address.to = point.execution.path(point.candidates[picked]);
  }
  return address;
}

std::optional<std::uint32_t> deviation_points::pick_of(const deviation& what, const sim::choice_point& point) {
  if (point.candidates.empty()) return what.picked < point.count ? std::optional(what.picked) : std::nullopt;
  for (std::uint32_t i = 0; i < point.count; ++i) {
    if (point.execution.path(point.candidates[i]) == what.to) return i;
  }
  return std::nullopt;
}

}  // namespace heddle::checker
