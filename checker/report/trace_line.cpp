#include "report/trace_line.hpp"

#include <fmt/format.h>

#include "report/steps.hpp"

namespace heddle::checker {
namespace {

std::string time_text(std::uint64_t nanoseconds) {
  std::string text = fmt::format("{}.{:09}", nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text + "s";
}

}  // namespace

std::string trace_line(const trace& so_far, const step& event) {
  const std::string where = event.where.known() ? fmt::format("  ({})", event.where.text()) : std::string();
  return fmt::format("{:>4}  {}  {}{}", time_text(event.time), name_of(so_far, event.thread), describe(so_far, event),
                     where);
}

}  // namespace heddle::checker
