#include "explanation/divergence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "explanation/phrases.hpp"
#include "report/steps.hpp"

namespace heddle::checker {
namespace {

bool same_event(const step& a, const step& b) {
  return a.thread == b.thread && a.kind == b.kind && a.object == b.object && a.other == b.other && a.read == b.read &&
         a.written == b.written && a.succeeded == b.succeeded && a.where == b.where;
}

std::string phrase_of(const trace& happened, std::size_t position) {
  if (position >= happened.steps.size()) return "there is no such event";
  const step& event = happened.steps[position];
  return fmt::format("it is {}'s `{}`{}", thread_name(happened, event.thread), describe(happened, event),
                     at(event.where));
}

}  // namespace

std::string describe_divergence(const trace& first, const trace& second) {
  const std::size_t common = std::min(first.steps.size(), second.steps.size());
  std::size_t position = 0;
  while (position < common && same_event(first.steps[position], second.steps[position])) ++position;
  if (position == first.steps.size() && position == second.steps.size()) {
    return "Two replays went the same way, event by event, but the first execution did not: something is left over "
           "from "
           "one execution to the next, such as a static variable or what the program captured from outside.";
  }
  return fmt::format(
      "The first event that differs between two replays is number {}: in one {}, in the other {}. What decides it is "
      "not among the choices: a real clock, a random number other than heddle::random's, an address, uninitialized "
      "memory, or a variable left over from an earlier execution.",
      position + 1, phrase_of(first, position), phrase_of(second, position));
}

}  // namespace heddle::checker
