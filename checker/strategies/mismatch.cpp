#include "strategies/mismatch.hpp"

#include <fmt/format.h>

namespace heddle::checker {
namespace {

std::string describe_choice(sim::choice_kind kind, std::uint32_t count) {
  return fmt::format("a choice of {} among {}", to_string(kind), count);
}

// The event that came last before the program went another way.
std::string latest_event(const sim::simulator& execution, sim::thread_id thread) {
  const sim::thread_view view = execution.thread(thread);
  if (view.events == 0) return "at its beginning";
  return fmt::format("after event {} of {}", view.events, execution.path(thread));
}

}  // namespace

std::string describe_mismatch(const sim::choice* expected, const sim::choice_point& at) {
  std::string offered;
  for (const sim::thread_id thread : at.candidates) {
    const sim::operation& op = at.execution.thread(thread).pending;
    offered += fmt::format("{}{} ({})", offered.empty() ? ": " : ", ", at.execution.path(thread), to_string(op.kind));
  }
  return fmt::format(
      "{} the program comes to {}{}; the schedule has {} there (choice {})", latest_event(at.execution, at.running),
      describe_choice(at.kind, at.count), offered,
      expected == nullptr ? std::string("nothing left") : describe_choice(expected->kind, expected->count),
      at.execution.schedule().size() + 1);
}

std::string describe_early_end(std::size_t used, std::size_t all, const sim::simulator& ran) {
  return fmt::format("the program ended {}, with {} of the schedule's {} choices made",
                     latest_event(ran, ran.last_moved()), used, all);
}

}  // namespace heddle::checker
