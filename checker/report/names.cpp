// The names of a result's enumerations, as JSON, the command line and reports know them; the exit code.
#include <array>
#include <cstddef>

#include <heddle/failure.hpp>
#include <heddle/result.hpp>

namespace heddle {
namespace {

// Each table in the order of its enumeration.
constexpr std::array<std::string_view, 3> verdicts{"pass", "fail", "inconclusive"};
constexpr std::array<std::string_view, 4> searches{"explore", "fuzz", "run", "replay"};
constexpr std::array<std::string_view, 16> failures{
    "data-race", "deadlock",         "lost-wakeup", "lost-update",   "assertion",      "uncaught-exception",
    "livelock",  "misuse",           "crash",       "abort",         "stack-overflow", "exit",
    "hang",      "not-linearizable", "unreached",   "nondeterminism"};
static_assert(failures.size() == static_cast<std::size_t>(failure_kind::nondeterminism) + 1);
static_assert(searches.size() == static_cast<std::size_t>(search_kind::replay) + 1);
static_assert(verdicts.size() == static_cast<std::size_t>(verdict::inconclusive) + 1);

}  // namespace

std::string_view to_string(verdict value) noexcept { return verdicts[static_cast<std::size_t>(value)]; }

std::string_view to_string(search_kind kind) noexcept { return searches[static_cast<std::size_t>(kind)]; }

std::string_view to_string(failure_kind kind) noexcept { return failures[static_cast<std::size_t>(kind)]; }

int result::exit_code() const noexcept {
  switch (verdict) {
    case heddle::verdict::pass: return 0;
    case heddle::verdict::fail: return failure && failure->kind == failure_kind::nondeterminism ? 4 : 1;
    case heddle::verdict::inconclusive: return 3;
  }
  return 4;
}

}  // namespace heddle
