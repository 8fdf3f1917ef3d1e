// Numbers with units.
#include "read_text.hpp"

#include <algorithm>

#include <array>
#include <limits>
#include <span>

namespace heddle::checker {
namespace {

struct unit {
  std::string_view name;
  std::uint64_t factor;
};

// Where one name ends with another, the longer one comes first.
constexpr std::array<unit, 4> time_units{
    {{"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}}};
constexpr std::array<unit, 2> size_units{{{"k", 1024}, {"M", 1024 * 1024}}};

std::optional<std::uint64_t> read_with_unit(std::string_view text, std::span<const unit> units, std::uint64_t plain,
                                            std::uint64_t most) {
  std::uint64_t factor = plain;
  for (const unit& each : units) {
    if (!text.ends_with(each.name)) continue;
    text.remove_suffix(each.name.size());
    factor = each.factor;
    break;
  }
  const auto count = read_whole<std::uint64_t>(text);
  if (!count || *count > most / factor) return std::nullopt;
  return *count * factor;
}

}  // namespace

std::optional<std::chrono::nanoseconds> read_duration(std::string_view text) {
  using std::chrono::nanoseconds;
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<nanoseconds::rep>::max());
  const auto count = read_with_unit(text, time_units, 1'000'000'000, most);
  if (!count) return std::nullopt;
  return nanoseconds(static_cast<nanoseconds::rep>(*count));
}

std::optional<std::uint64_t> read_size(std::string_view text) {
  return read_with_unit(text, size_units, 1, std::numeric_limits<std::uint64_t>::max());
}

std::optional<preemption_bound> read_preemptions(std::string_view text) {
  constexpr std::string_view and_more = "..";
  const bool deepens = text.ends_with(and_more);
  if (deepens) text.remove_suffix(and_more.size());
  const auto most = read_whole<std::uint32_t>(text);
  if (!most) return std::nullopt;
  return preemption_bound{*most, deepens};
}

std::optional<shard> read_shard(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto index = read_whole<std::uint32_t>(text.substr(0, slash));
  const auto count = read_whole<std::uint32_t>(text.substr(slash + 1));
  if (!index || !count || *index == 0 || *index > *count || *count > most_shards) return std::nullopt;
  return shard{*index, *count};
}

std::optional<race_policy> read_races(std::string_view text) {
  if (text == "stop") return race_policy::stop;
  if (text == "ignore") return race_policy::ignore;
  return std::nullopt;
}

std::optional<memory_model> read_memory_model(std::string_view text) {
  return text == "sc" ? std::optional(memory_model::sc) : std::nullopt;
}

std::optional<sim::fault_kinds> read_faults(std::string_view text, char between) {
  if (text == "none") return sim::fault_kinds{0};
  sim::fault_kinds result = 0;
  for (;;) {
    const std::size_t length = std::min(text.find(between), text.size());
    sim::fault_kinds named = 0;
    for (std::uint32_t i = 1; i < sim::fault_kind_count; ++i) {
      const auto kind = static_cast<sim::fault_kind>(i);
      if (text.substr(0, length) == to_string(kind)) named = sim::only(kind);
    }
    if (named == 0) return std::nullopt;
    result = static_cast<sim::fault_kinds>(result | named);
    if (length == text.size()) return result;
    text.remove_prefix(length + 1);
  }
}

std::string faults_text(sim::fault_kinds faults, char between) {
  std::string result;
  for (std::uint32_t i = 1; i < sim::fault_kind_count; ++i) {
    const auto kind = static_cast<sim::fault_kind>(i);
    if ((faults & sim::only(kind)) == 0) continue;
    if (!result.empty()) result += between;
    result += to_string(kind);
  }
  return result.empty() ? "none" : result;
}

}  // namespace heddle::checker
