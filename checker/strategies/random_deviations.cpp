#include "strategies/random_deviations.hpp"

#include <algorithm>
#include <iterator>

namespace heddle::checker {

bool random_deviations::begin() {
  std::vector<deviation> drawn;
  if (!std::exchange(first_, false) && (events_.size() > 1 || !others_.empty())) {
    const std::uint32_t count = most_ == 0 ? 0 : 1 + generator_.below(most_);
    for (std::uint32_t i = 0; i < count; ++i) drawn.push_back(draw());
  }
  follow(std::move(drawn));
  points_.begin();
  return deviating::begin();
}

std::uint32_t random_deviations::pick(const sim::choice_point& at) {
  if (at.kind != sim::choice_kind::thread) {
    possibilities& seen = others_[points_.at(at)];
    seen.count = std::max(seen.count, at.count);
    seen.threads.clear();
    for (const sim::thread_id each : at.candidates) seen.threads.push_back(at.execution.path(each));
  }
  return deviating::pick(at);
}

void random_deviations::end(const sim::simulator& ran) {
  if (!first_that_counts_ && ran.how_ended().kind != sim::ending_kind::discarded) first_that_counts_ = list();
  for (sim::thread_id id = 0; id < ran.thread_count(); ++id) {
    std::uint32_t& most = events_[ran.path(id)];
    most = std::max(most, ran.thread(id).events);
  }
}

deviation random_deviations::draw() {
  if (others_.empty() || (events_.size() > 1 && generator_.below(4) != 0)) return draw_switch();
  return draw_other();
}

deviation random_deviations::draw_switch() {
  std::uint32_t points = 0;
  for (const auto& [path, events] : events_) points += events + 1;
  std::uint32_t point = generator_.below(points);
  auto from = events_.begin();
  while (point > from->second) {
    point -= from->second + 1;
    ++from;
  }
  const auto others = static_cast<std::uint32_t>(events_.size()) - 1;
  auto to = std::next(events_.begin(), generator_.below(others));
  if (std::distance(events_.begin(), to) >= std::distance(events_.begin(), from)) ++to;
  return {.thread = from->first, .after = point, .to = to->first};
}

deviation random_deviations::draw_other() {
  const auto& [address, seen] =
      *std::next(others_.begin(), generator_.below(static_cast<std::uint32_t>(others_.size())));
  deviation result = address;
  const std::uint32_t picked = generator_.below(seen.count);
  if (seen.threads.empty()) {
    result.picked = picked;
  } else {
    result.to = seen.threads[picked % seen.threads.size()];
  }
  return result;
}

}  // namespace heddle::checker
