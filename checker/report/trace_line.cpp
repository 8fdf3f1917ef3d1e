#include "report/trace_line.hpp"

#include <fmt/format.h>

#include <heddle/sim/value_text.hpp>

#include "report/steps.hpp"

namespace heddle::checker {
std::string trace_line(const trace& so_far, const step& event) {
  const std::string where = event.where.known() ? fmt::format("  ({})", event.where.text()) : std::string();
  return fmt::format("{:>4}  {}  {}{}", sim::show_time(event.time), name_of(so_far, event.thread),
                     describe(so_far, event), where);
}

}  // namespace heddle::checker
