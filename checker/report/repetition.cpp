// The search for the shortest period of a trace's end, by the Z function of the reversed trace.
#include "repetition.hpp"

#include <algorithm>

namespace heddle::checker {
namespace {

bool same(const step& a, const step& b) {
  return a.thread == b.thread && a.kind == b.kind && a.object == b.object && a.where == b.where;
}

// For each i: how many events before the end are, one by one, the same as those before i events from the end. (This
// is the Z function of the reversed trace: what has been matched once is not compared again.)
std::vector<std::size_t> matches_from_end(const std::vector<step>& events) {
  const std::size_t count = events.size();
  const auto from_end = [&](std::size_t i) -> const step& { return events[count - 1 - i]; };
  std::vector<std::size_t> lengths(count, 0);
  std::size_t begin = 0;  // [begin, end) is the match that reaches furthest
  std::size_t end = 0;
  for (std::size_t i = 1; i < count; ++i) {
    std::size_t length = i < end ? std::min(end - i, lengths[i - begin]) : 0;
    while (i + length < count && same(from_end(length), from_end(i + length))) ++length;
    lengths[i] = length;
    if (i + length > end) {
      begin = i;
      end = i + length;
    }
  }
  return lengths;
}

}  // namespace

repetition find_repetition(const std::vector<step>& events) {
  static constexpr std::size_t fewest_times = 3;
  const std::vector<std::size_t> lengths = matches_from_end(events);
  const auto covered = [&](std::size_t period) {
    const std::size_t times = lengths[period] / period + 1;
    return times < fewest_times ? 0 : times * period;
  };
  std::size_t best = 0;
  for (std::size_t period = 1; period < events.size(); ++period) best = std::max(best, covered(period));
  if (best == 0) return {};
  std::size_t period = 1;
  while (covered(period) < (best + 1) / 2) ++period;
  return {events.size() - covered(period), period, covered(period) / period};
}

}  // namespace heddle::checker
