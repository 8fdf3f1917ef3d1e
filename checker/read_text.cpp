// Numbers with units.
#include "read_text.hpp"

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

}  // namespace heddle::checker
