#include <heddle/explore.hpp>
#include <heddle/options.hpp>
#include <heddle/property.hpp>

#include <array>

#include "environment.hpp"
#include "read_text.hpp"

namespace heddle {
namespace {

using checker::set;
using variable = checker::variable<options>;

constexpr std::array variables{
    variable{"HEDDLE_STRATEGY", "the name of a strategy",
             [](options& of, std::string_view text) { return of.strategy = text, true; }},
    variable{"HEDDLE_SEED", "a whole number",
             [](options& of, std::string_view text) { return set(of.seed, checker::read_whole<std::uint64_t>(text)); }},
    variable{"HEDDLE_EXECUTIONS", "a whole number",
             [](options& of, std::string_view text) {
               return set(of.executions, checker::read_whole<std::uint64_t>(text));
             }},
    variable{"HEDDLE_MAX_EXECUTIONS", "a whole number",
             [](options& of, std::string_view text) {
               return set(of.max_executions, checker::read_whole<std::uint64_t>(text));
             }},
    variable{"HEDDLE_TIME_LIMIT", "a time such as 500ms, 10s or 2m",
             [](options& of, std::string_view text) { return set(of.time_limit, checker::read_duration(text)); }},
    variable{"HEDDLE_PREEMPTIONS", "a whole number, or one with .. behind it",
             [](options& of, std::string_view text) { return set(of.preemptions, checker::read_preemptions(text)); }},
    variable{"HEDDLE_KEEP_GOING", "true or false",
             [](options& of, std::string_view text) { return set(of.keep_going, checker::read_boolean(text)); }},
    variable{"HEDDLE_OUTPUTS", "true or false",
             [](options& of, std::string_view text) { return set(of.outputs, checker::read_boolean(text)); }},
    variable{"HEDDLE_JOBS", "a whole number",
             [](options& of, std::string_view text) { return set(of.jobs, checker::read_whole<unsigned>(text)); }},
    variable{"HEDDLE_SHARD", "a part and how many there are, such as 2/3, of at most 65535",
             [](options& of, std::string_view text) { return set(of.shard, checker::read_shard(text)); }},
    variable{"HEDDLE_CHECKPOINT", "a file's name",
             [](options& of, std::string_view text) { return of.checkpoint = text, true; }},
    variable{"HEDDLE_RESUME", "a file's name",
             [](options& of, std::string_view text) { return of.resume = text, true; }},
    variable{"HEDDLE_MEMORY_MODEL", "sc, the only one so far",
             [](options& of, std::string_view text) { return set(of.memory_model, checker::read_memory_model(text)); }},
    variable{"HEDDLE_RACES", "stop or ignore",
             [](options& of, std::string_view text) { return set(of.races, checker::read_races(text)); }},
    variable{"HEDDLE_LOST_UPDATES", "true or false",
             [](options& of, std::string_view text) { return set(of.lost_updates, checker::read_boolean(text)); }},
    variable{"HEDDLE_STACK_SIZE", "a number of bytes such as 65536 or 64k",
             [](options& of, std::string_view text) { return set(of.stack_size, checker::read_size(text)); }},
    variable{"HEDDLE_EVENT_LIMIT", "a whole number",
             [](options& of, std::string_view text) {
               return set(of.event_limit, checker::read_whole<std::uint64_t>(text));
             }},
    variable{"HEDDLE_FAULTS",
             "one or more of spurious-wakeup, weak-cas, try-lock and timeout, with commas between them",
             [](options& of, std::string_view text) { return set(of.faults, checker::read_faults(text, ',')); }},
    variable{"HEDDLE_MAX_FAULTS", "a whole number",
             [](options& of, std::string_view text) {
               return set(of.max_faults, checker::read_whole<std::uint32_t>(text));
             }},
    variable{"HEDDLE_HANG_LIMIT", "a time such as 500ms, 10s or 2m, or 0 for none",
             [](options& of, std::string_view text) { return set(of.hang_limit, checker::read_duration(text)); }},
    variable{"HEDDLE_TIME", "free or timed",
             [](options& of, std::string_view text) {
               of.time = text == "timed" ? time_mode::timed : time_mode::free;
               return text == "timed" || text == "free";
             }},
};

using property_variable = checker::variable<property_options>;
constexpr std::array property_variables{
    property_variable{"HEDDLE_SEED", "a whole number",
                      [](property_options& of, std::string_view text) {
                        return set(of.seed, checker::read_whole<std::uint64_t>(text));
                      }},
    property_variable{"HEDDLE_CASES", "a whole number",
                      [](property_options& of, std::string_view text) {
                        return set(of.cases, checker::read_whole<std::uint64_t>(text));
                      }},
    property_variable{
        "HEDDLE_TIME_LIMIT", "a time such as 500ms, 10s or 2m",
        [](property_options& of, std::string_view text) { return set(of.time_limit, checker::read_duration(text)); }},
    property_variable{
        "HEDDLE_FAULTS", "one or more of spurious-wakeup, weak-cas, try-lock and timeout, with commas between them",
        [](property_options& of, std::string_view text) { return set(of.faults, checker::read_faults(text, ',')); }},
    property_variable{"HEDDLE_MAX_FAULTS", "a whole number",
                      [](property_options& of, std::string_view text) {
                        return set(of.max_faults, checker::read_whole<std::uint32_t>(text));
                      }},
};

}  // namespace

options options::from_environment() { return from_environment({}); }

options options::from_environment(options given) {
  checker::read_environment<options>(variables, given);
  return given;
}

property_options property_options::from_environment() {
  property_options given;
  checker::read_environment<property_options>(property_variables, given);
  return given;
}

}  // namespace heddle
