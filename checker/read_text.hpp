// Reads values out of text: whole numbers, booleans, durations, sizes. No locale has a say in it.
#pragma once

#include <charconv>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <heddle/options.hpp>
#include <heddle/sim/choice.hpp>

namespace heddle::checker {

/** The whole number that is all of `text`, in decimal; nothing if it is not one, or does not fit. */
template <std::integral Integer>
[[nodiscard]] std::optional<Integer> read_whole(std::string_view text) {
  Integer value{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

/** "true" or "1", "false" or "0". */
[[nodiscard]] inline std::optional<bool> read_boolean(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

/** "500ms", "10s", "2m", "1h", or seconds without a unit. Nothing if it does not fit into nanoseconds. */
[[nodiscard]] std::optional<std::chrono::nanoseconds> read_duration(std::string_view text);

/** "2" for at most two, "2.." for at most two and then ever more. */
[[nodiscard]] std::optional<preemption_bound> read_preemptions(std::string_view text);

/** "2/3": both from 1 to most_shards, the first not above the second. */
[[nodiscard]] std::optional<shard> read_shard(std::string_view text);

/** "stop" or "ignore". */
[[nodiscard]] std::optional<race_policy> read_races(std::string_view text);

/** "sc". */
[[nodiscard]] std::optional<memory_model> read_memory_model(std::string_view text);

/** Names of faults with `between` between them: "weak-cas,timeout"; "none" for none. */
[[nodiscard]] std::optional<sim::fault_kinds> read_faults(std::string_view text, char between);

/** What read_faults reads. */
[[nodiscard]] std::string faults_text(sim::fault_kinds faults, char between);

/** Bytes: "65536", "64k" (1024 each), "1M". */
[[nodiscard]] std::optional<std::uint64_t> read_size(std::string_view text);

}  // namespace heddle::checker
