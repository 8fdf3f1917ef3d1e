// Schedules as short lists of deviations from the schedule in which every thread runs for as long as it can.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/explore.hpp>
#include <heddle/sim/choice.hpp>

namespace heddle {

/**
 * A point at which an execution leaves the *default schedule*: the present thread goes on for as long as it can, then
 * the first one that can; behind a thread that yields or sleeps comes the next one in thread order; every other choice
 * is its first possibility.
 *
 * It is addressed by a thread (of a choice among threads that go on, the one that had the latest event; of any other
 * choice, the one that makes it) and how many events it has had, so that it keeps its meaning when other deviations
 * come or go. Where the execution does not come to such a point, or cannot do what it says, it is passed over.
 */
struct deviation {
  std::string thread;       ///< its creation path, such as "main/1"
  std::uint32_t after = 0;  ///< how many events that thread has had by then
  sim::choice_kind kind = sim::choice_kind::thread;
  std::uint32_t nth = 0;     ///< which of the choices of this kind at that point, from 0
  std::string to = {};       ///< of a choice among threads: the creation path of the one that is picked
  std::uint32_t picked = 0;  ///< of any other choice: the index of what is picked

  friend auto operator<=>(const deviation&, const deviation&) = default;
};

/** "main/1 stops after 3 events, main/2 goes on", or "the first choice of value by main after 2 events is 4". */
[[nodiscard]] std::string to_text(const deviation& what);

/**
 * What an execution deviates in, given by its schedule: a run by these deviations is the same execution. Where `body`
 * does not follow the schedule, up to there. Throws request_error as replay does.
 */
[[nodiscard]] std::vector<deviation> deviations_of(const program& body, std::string_view schedule,
                                                   const options& with = {});

/**
 * Runs `body` once, by the default schedule but for these deviations. A failure is replayed, and reported with an
 * ordinary schedule. Throws request_error for options that make no sense.
 */
[[nodiscard]] result run_deviating(const program& body, const std::vector<deviation>& from_default,
                                   const options& with = {});

/**
 * Runs `body` up to options::executions times: by the default schedule first, then each time with up to
 * `most_deviations` of them, drawn from what the program was seen to come to. Ends at the first failure, of which
 * `found` receives the deviations; without one, it receives those of the first execution that heddle::assume did not
 * discard. The same options::seed gives the same executions.
 */
[[nodiscard]] result fuzz_deviating(const program& body, std::uint32_t most_deviations, const options& with,
                                    std::vector<deviation>& found);

}  // namespace heddle
