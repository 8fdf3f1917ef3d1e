#include <heddle/python_program.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include <heddle/sim/schedule.hpp>

#include "python/compile.hpp"

namespace heddle {
namespace {

enum class lock_kind : std::int64_t { check_interval, switch_interval, free_threaded };

constexpr std::int64_t most_interval = 1'000'000'000;
constexpr std::int64_t most_seconds = 253'402'300'799;  // the end of the year 9999

std::shared_ptr<const heddle::python::lock_policy> policy_of(const arguments& values) {
  const auto interval = static_cast<std::uint64_t>(values["interval"]);
  switch (static_cast<lock_kind>(values["gil"])) {
    case lock_kind::check_interval: return std::make_shared<python::check_interval>(interval);
    case lock_kind::switch_interval:
      return std::make_shared<python::switch_interval>(static_cast<std::uint64_t>(values["switch-interval"]) * 1'000);
    case lock_kind::free_threaded: return std::make_shared<python::free_threaded>();
  }
  return nullptr;
}

/** Programs that are made when they are first asked for, by whichever OS thread: one for each set of arguments. */
class made_later {
 public:
  explicit made_later(std::function<python::program(const arguments&)> make) : make_(std::move(make)) {}

  python::executable get(const arguments& with) {
    const std::lock_guard guard(mutex_);
    python::executable& made = made_[with.changed()];
    if (made == nullptr) made = python::load(make_(with));
    return made;
  }

 private:
  std::function<python::program(const arguments&)> make_;
  std::mutex mutex_;
  std::map<std::vector<std::pair<std::string, std::string>>, python::executable> made_;
};

scenario scenario_of(std::string name, std::string summary, std::function<python::program()> compile) {
  // It is the same whatever the parameters are.
  auto program = std::make_shared<made_later>([compile = std::move(compile)](const arguments&) { return compile(); });
  const arguments none{{}};
  scenario made;
  made.name = std::move(name);
  made.summary = std::move(summary);
  made.tags = {"python"};
  made.parameters = python_parameters();
  made.expected = [](const arguments&) { return expectation{verdict::pass, {}}; };
  made.prepare = [program, none] { static_cast<void>(program->get(none)); };
  made.body = [program, none](const arguments& values) { python::run(program->get(none), python_settings(values)); };
  made.lost_updates = true;
  return made;
}

// A name in schedules has few characters; a path may have any.
std::string word_of(std::string path) {
  for (char& each : path) {
    if (!sim::is_word(std::string_view(&each, 1))) each = '_';
  }
  return path;
}

}  // namespace

std::vector<parameter> python_parameters() {
  return {
      {.name = "gil",
       .summary = "how the interpreter's lock is handed over",
       .most = 2,
       .words = {"check-interval", "switch-interval", "free-threaded"}},
      {.name = "interval",
       .summary = "check-interval: bytecodes until the lock is handed over",
       .standard = 100,
       .least = 1,
       .most = most_interval},
      {.name = "switch-interval",
       .summary = "microseconds after which a waiting thread asks for it",
       .standard = 5'000,
       .least = 1,
       .most = most_interval},
      {.name = "cost",
       .summary = "nanoseconds of virtual time that a bytecode takes",
       .standard = static_cast<std::int64_t>(python::settings().bytecode_cost),
       .least = 0,
       .most = most_interval},
      {.name = "start",
       .summary = "when the program starts, in seconds since 1970 (UTC)",
       .standard = python::settings().start_time,
       .least = 0,
       .most = most_seconds},
      {.name = "bytecode-limit",
       .summary = "bytecodes of a thread until it counts as a livelock",
       .standard = static_cast<std::int64_t>(python::settings().bytecode_limit),
       .least = 1,
       .most = INT64_MAX},
  };
}

python::settings python_settings(const arguments& values) {
  python::settings made;
  made.policy = policy_of(values);
  made.bytecode_cost = static_cast<std::uint64_t>(values["cost"]);
  made.start_time = values["start"];
  made.bytecode_limit = static_cast<std::uint64_t>(values["bytecode-limit"]);
  return made;
}

std::function<void(const arguments&)> runs_python(std::function<python::program(const arguments&)> make) {
  auto programs = std::make_shared<made_later>(std::move(make));
  return [programs](const arguments& values) { python::run(programs->get(values), python_settings(values)); };
}

scenario python_scenario(std::string name, std::string file, std::string_view source, std::string_view tree) {
  const std::string summary = "The Python program " + file + ".";
  return scenario_of(std::move(name), summary,
                     [file = std::move(file), source = std::string(source), tree = std::string(tree)] {
                       return checker::python::compile_source(source, file, tree);
                     });
}

scenario python_scenario_of_file(const std::string& path) {
  scenario made = scenario_of(word_of(path), "The Python program " + path + ".",
                              [path] { return checker::python::compile_file(path); });
  made.prepare();
  return made;
}

}  // namespace heddle
