#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <utility>

#include <heddle/property_case.hpp>
#include <heddle/sim/schedule.hpp>

#include "environment.hpp"
#include "program_settings.hpp"
#include "read_text.hpp"

namespace heddle {
namespace {

constexpr std::string_view seed_setting = "seed";
constexpr std::string_view number_setting = "case";
constexpr std::string_view path_setting = "shrunk";

/** Which case, of all that a property can generate. */
struct case_address {
  std::uint64_t seed = 0;
  std::uint64_t number = 0;
  std::vector<std::size_t> path;  // which of the smaller ones, step by step

  [[nodiscard]] std::vector<std::pair<std::string, std::string>> settings() const {
    std::vector<std::pair<std::string, std::string>> all{{std::string(seed_setting), std::to_string(seed)},
                                                         {std::string(number_setting), std::to_string(number)}};
    if (!path.empty()) all.emplace_back(path_setting, fmt::format("{}", fmt::join(path, ".")));
    return all;
  }
};

std::string replay_command_of(const property_options& with) {
  return with.replay_command.empty() ? "property.replay(\"{schedule}\")" : with.replay_command;
}

options options_of(const std::string& name, const case_address& which, const property_options& with) {
  options result;
  result.name = name;
  result.parameters = which.settings();
  result.stop = with.stop;
  result.faults = with.faults;
  result.max_faults = with.max_faults;
  result.replay_command = replay_command_of(with);
  return result;
}

/** What ends a check before all of its cases have been run. */
class allowance {
 public:
  explicit allowance(const property_options& with) : time_limit_(with.time_limit), stop_(with.stop) {}

  [[nodiscard]] double spent_s() const { return std::chrono::duration<double>(spent()).count(); }
  [[nodiscard]] bool is_over() const { return asked_to_stop() || (time_limit_ && spent() >= *time_limit_); }
  /** Why it is over: "the time limit of 10 s", "request". */
  [[nodiscard]] std::string reason() const {
    if (asked_to_stop() || !time_limit_) return "request";
    return fmt::format("the time limit of {:g} s", std::chrono::duration<double>(*time_limit_).count());
  }
  /** The options, with the time that is left. */
  [[nodiscard]] options within(options with) const {
    if (time_limit_) with.time_limit = std::max(*time_limit_ - spent(), std::chrono::nanoseconds(1));
    return with;
  }

 private:
  [[nodiscard]] std::chrono::nanoseconds spent() const { return std::chrono::steady_clock::now() - begun_; }
  [[nodiscard]] bool asked_to_stop() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::optional<std::chrono::nanoseconds> time_limit_;
  const std::atomic<bool>* stop_;
};

/** Goes down from a case that fails to smaller ones that fail in the same way. */
class descent {
 public:
  descent(const std::string& name, const case_limits& limits, const property_options& with, const allowance& until,
          case_address at, std::unique_ptr<generated_case> failing, result found)
      : name_(name),
        limits_(limits),
        with_(with),
        until_(until),
        at_(std::move(at)),
        smallest_(std::move(failing)),
        found_(std::move(found)) {}

  void go_down(property_result& sum) {
    while (step(sum)) {
    }
  }
  [[nodiscard]] const case_address& where() const noexcept { return at_; }
  [[nodiscard]] object_case& smallest() const { return smallest_->runnable(); }
  [[nodiscard]] const result& found() const noexcept { return found_; }

 private:
  // Only what is smaller than what was tried before is new, but who can tell: so each step begins with the first.
  bool step(property_result& sum) {
    std::vector<std::unique_ptr<generated_case>> candidates = smallest_->smaller();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (until_.is_over()) return false;
      case_address address = at_;
      address.path.push_back(i);
      case_checker checks(candidates[i]->runnable(), limits_, until_.within(options_of(name_, address, with_)));
      result found = checks.check();
      sum.found.executions += found.executions;
      sum.found.events += found.events;
      sum.histories += checks.histories();
      if (found.verdict != verdict::fail || found.failure->kind != found_.failure->kind) continue;
      at_ = std::move(address);
      smallest_ = std::move(candidates[i]);
      found_ = std::move(found);
      return true;
    }
    return false;
  }

  const std::string& name_;
  const case_limits& limits_;
  const property_options& with_;
  const allowance& until_;
  case_address at_;
  std::unique_ptr<generated_case> smallest_;
  result found_;
};

void require_sensible(const property_options& with, const case_limits& limits) {
  if (with.cases == 0) throw request_error("0 cases show nothing: give at least 1");
  if (with.time_limit && with.time_limit->count() <= 0) throw request_error("a time limit must be longer than nothing");
  if (limits.explored == 0) throw request_error("0 executions of each case show nothing: give at least 1");
}

/** The counters of one more case. */
void add(property_result& sum, const result& found, std::uint64_t histories) {
  ++sum.cases;
  sum.histories += histories;
  if (found.verdict == verdict::pass && !found.exhaustive) ++sum.partly_run;
  sum.found.executions += found.executions;
  sum.found.events += found.events;
  sum.found.choices += found.choices;
  sum.found.discarded += found.discarded;
  sum.found.threads = std::max(sum.found.threads, found.threads);
  sum.found.assumes_fairness = sum.found.assumes_fairness || found.assumes_fairness;
}

void stop(property_result& sum, std::string why) {
  sum.found.stopped_by = std::move(why);
  sum.found.verdict = verdict::inconclusive;
}

bool is_deterministic(const result& failed) { return failed.failure->kind != failure_kind::nondeterminism; }

/** The failure by its simplest schedule; as it was found, where that does not show it again. */
result simplest(case_checker& of, const result& found) {
  if (!is_deterministic(found)) return found;
  result shrunk = of.shrink(found.failure->schedule);
  const bool shows_it = shrunk.failure && (shrunk.failure->kind == found.failure->kind || !is_deterministic(shrunk));
  return shows_it ? shrunk : found;
}

/** What the smallest case's execution shows, in place of the first that failed. */
void report(property_result& sum, const descent& down, const result& shown) {
  sum.found.verdict = verdict::fail;
  sum.found.failure = shown.failure;
  sum.found.settings = shown.settings;
  sum.found.failures = 1;
  sum.found.failures_by_kind = shown.failures_by_kind;
  sum.smallest = counterexample{.number = down.where().number,
                                .operations = down.smallest().shape().operations(),
                                .shrinks = static_cast<std::uint32_t>(down.where().path.size())};
}

property_result nothing_yet(const std::string& name, const property_options& with) {
  property_result sum;
  sum.found.program = name;
  sum.found.strategy = "dpor";
  sum.found.verdict = verdict::pass;
  sum.found.replay_command = replay_command_of(with);
  sum.found.seed = with.seed;
  return sum;
}

}  // namespace

property_result check_cases(const std::string& name, const case_source& cases, const case_limits& limits,
                            const property_options& with) {
  require_sensible(with, limits);
  const allowance until(with);
  property_result sum = nothing_yet(name, with);
  for (std::uint64_t number = 1; number <= with.cases; ++number) {
    if (until.is_over()) {
      stop(sum, until.reason());
      break;
    }
    const case_address at{with.seed, number, {}};
    std::unique_ptr<generated_case> drawn = cases(number);
    case_checker checks(drawn->runnable(), limits, until.within(options_of(name, at, with)));
    result found = checks.check();
    add(sum, found, checks.histories());
    if (found.verdict == verdict::inconclusive && (until.is_over() || found.discarded < found.executions)) {
      stop(sum, until.reason());
      break;
    }
    if (found.verdict != verdict::fail) continue;
    descent down(name, limits, with, until, at, std::move(drawn), std::move(found));
    if (is_deterministic(down.found())) down.go_down(sum);
    case_checker smallest(down.smallest(), limits, options_of(name, down.where(), with));
    report(sum, down, simplest(smallest, down.found()));
    break;
  }
  if (sum.found.verdict == verdict::pass && sum.found.discarded == sum.found.executions) {
    stop(sum, "heddle::assume, which discarded every execution,");
  }
  sum.found.exhaustive = sum.found.verdict == verdict::pass && sum.partly_run == 0;
  sum.found.elapsed_s = until.spent_s();
  return sum;
}

property_result replay_case(const std::string& name, const case_sources& cases, const case_limits& limits,
                            std::string_view schedule, const property_options& with) {
  const allowance time(with);
  const sim::schedule what = checker::parsed_schedule(schedule);
  if (what.program != name) throw request_error(fmt::format("this is a schedule of {}, not of {}", what.program, name));
  const auto setting = [&](std::string_view key) -> std::string_view {
    for (const auto& [each, value] : what.settings) {
      if (each == key) return value;
    }
    return {};
  };
  const auto seed = checker::read_whole<std::uint64_t>(setting(seed_setting));
  const auto number = checker::read_whole<std::uint64_t>(setting(number_setting));
  if (!seed || !number || *number == 0) {
    throw request_error("the schedule does not name its case, as in seed=1,case=3: take it from a report");
  }
  case_address at{*seed, *number, {}};
  std::unique_ptr<generated_case> found = cases(*seed)(*number);
  std::string_view path = setting(path_setting);
  while (!path.empty()) {
    const std::string_view step = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    const auto index = checker::read_whole<std::size_t>(step);
    std::vector<std::unique_ptr<generated_case>> smaller = found->smaller();
    if (!index || *index >= smaller.size()) {
      throw request_error(
          fmt::format("the schedule's case cannot be shrunk by step {}: it is of another version of {}", step, name));
    }
    found = std::move(smaller[*index]);
    at.path.push_back(*index);
  }
  case_checker checks(found->runnable(), limits, options_of(name, at, with));
  property_result sum = nothing_yet(name, with);
  const result shown = checks.replay(schedule);
  sum.found = shown;
  sum.found.seed = at.seed;
  sum.cases = 1;
  sum.histories = checks.histories();
  if (shown.failure) {
    sum.smallest = counterexample{.number = at.number,
                                  .operations = found->runnable().shape().operations(),
                                  .shrinks = static_cast<std::uint32_t>(at.path.size())};
  }
  sum.found.elapsed_s = time.spent_s();
  return sum;
}

property_result check_by_environment(const std::string& name, const case_sources& cases, const case_limits& limits) {
  return checker::or_refuse([&] {
    property_options with = property_options::from_environment();
    with.replay_command = checker::again_by_environment();
    const char* schedule = checker::schedule_in_environment();
    if (schedule == nullptr) return check_cases(name, cases(with.seed), limits, with);
    const std::string whose = checker::parsed_schedule(schedule).program;
    if (whose == name) return replay_case(name, cases, limits, schedule, with);
    property_result left_out = nothing_yet(name, with);  // a program may have several properties
    stop(left_out, "HEDDLE_SCHEDULE, a schedule of " + whose);
    return left_out;
  });
}

}  // namespace heddle
