// A heddle with property suites that are small enough to know all about. HEDDLE_FAKES says which of them it has,
// besides the usual ones; none of the program's own options is called like that.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/heddle.hpp>
#include <heddle/property.hpp>
#include <heddle/sim/schedule.hpp>

namespace heddle::test {
namespace {

/** The body of a case; its data are one number, from 0 to 3. */
using body = void (*)(std::uint64_t);

struct fake {
  std::string name;
  body run;
};

void in_two_threads(const std::function<void()>& each) {
  thread a("a", each);
  thread b("b", each);
  a.join();
  b.join();
}

void count_whole(std::uint64_t) {
  atomic<int> counter(0, "counter");
  in_two_threads([&] { counter.fetch_add(1); });
  check(counter.load() == 2, "no increment is lost");
}

/** In pieces where the data are 3. */
void count_in_pieces(std::uint64_t data) {
  if (data != 3) return count_whole(data);
  atomic<int> counter(0, "counter");
  in_two_threads([&] { counter.store(counter.load() + 1); });
  check(counter.load() == 2, "no increment is lost");
}

void lock_crosswise(std::uint64_t data) {
  std::array<mutex, 2> both{mutex("left"), mutex("right")};
  const auto lock_both = [&](std::size_t first) {
    both[first].lock();
    both[1 - first].lock();
    both[1 - first].unlock();
    both[first].unlock();
  };
  thread a("a", [&] { lock_both(0); });
  thread b("b", [&] { lock_both(data == 2 ? 1 : 0); });
  a.join();
  b.join();
}

void say_something_strange(std::uint64_t) {
  thread([] { atomic<int>(0, "n").store(1); }).join();
  check(false, "<a> & \"b\" ]]> \x01\x1b[31m\xff \xef\xbf\xbe \xef\xbf\xbf \xe6\x97\x97");
}

/** With more executions than anybody waits for. */
void go_on_for_ever(std::uint64_t) {
  atomic<int> counter(0, "counter");
  in_two_threads([&] {
    for (int i = 0; i < 20; ++i) counter.store(counter.load() + 1);
  });
}

/** Fails, and passes when that is replayed: it keeps something from one execution to the next. */
void change_its_mind(std::uint64_t) {
  static int calls = 0;
  const bool odd = ++calls % 2 != 0;
  count_whole(0);
  check(!odd, "it has been called before");
}

void do_nothing(std::uint64_t) {}

options options_of(const fake& which, std::uint64_t data, const property_options& asked) {
  options result;
  result.name = which.name;
  result.parameters = {{"data", std::to_string(data)}};
  result.time_limit = asked.time_limit;
  result.stop = asked.stop;
  result.replay_command = asked.replay_command;
  return result;
}

property_result check_fake(const fake& which, const property_options& asked) {
  property_result sum;
  for (std::uint64_t number = 1; number <= asked.cases; ++number) {
    const std::uint64_t data = (asked.seed + number) % 4;
    const result found = explore([&] { which.run(data); }, options_of(which, data, asked));
    if (number == 1) {
      sum.found = found;
    } else {
      sum.found += found;
    }
    sum.cases = number;
    sum.histories += data == 0 ? 1 : 2;
    if (found.verdict == verdict::fail) sum.smallest = {number, 2, static_cast<std::uint32_t>(number - 1)};
    if (found.verdict != verdict::pass) break;
  }
  return sum;
}

property_result replay_fake(const fake& which, std::string_view schedule, const property_options& asked) {
  const sim::schedule by = sim::parse_schedule(schedule);
  if (by.program != which.name) throw request_error("the schedule is one of " + by.program + ", not of " + which.name);
  const std::uint64_t data = std::stoull(by.settings.front().second);
  property_result only;
  only.found = replay([&] { which.run(data); }, schedule, options_of(which, data, asked));
  only.cases = 1;
  return only;
}

constexpr expectation passes{};
constexpr expectation fails{verdict::fail, failure_kind::assertion};
constexpr expectation locks_up{verdict::fail, failure_kind::deadlock};

property_suite suite(std::string name, std::string summary, std::vector<std::string> tags, expectation expected,
                     body run) {
  const fake which{name, run};
  return {std::move(name),
          std::move(summary),
          std::move(tags),
          expected,
          [which](const property_options& asked) { return check_fake(which, asked); },
          [which](std::string_view schedule, const property_options& asked) {
            return replay_fake(which, schedule, asked);
          }};
}

std::vector<property_suite> suites(std::string_view more) {
  std::vector<property_suite> result{
      suite("counter", "Two threads count, each in one step.", {"property", "correct"}, passes, count_whole),
      suite("counter-in-pieces", "Two threads count by a load and a store.", {"property", "bug"}, fails,
            count_in_pieces),
      suite("locks-crossed", "Two threads take two locks in opposite orders.", {"bug"}, locks_up, lock_crosswise),
  };
  if (more == "wrong") {
    result.push_back(suite("counter-hopeful", "It is not what it seems.", {}, passes, count_in_pieces));
    result.push_back(suite("counter-hopeless", "It is better than it seems.", {}, fails, count_whole));
    result.push_back(suite("counter-confused", "It fails in another way.", {}, locks_up, count_in_pieces));
    result.push_back(suite("strange", "It says strange things.", {}, passes, say_something_strange));
  }
  if (more == "empty") result.push_back(suite("nothing", "It does nothing at all.", {}, passes, do_nothing));
  if (more == "fickle") result.push_back(suite("fickle", "It changes its mind.", {}, passes, change_its_mind));
  if (more == "endless") {
    property_suite endless = suite("endless", "It does not end.", {}, passes, go_on_for_ever);
    endless.check = [check = endless.check](const property_options& asked) {
      std::cerr << "begun" << std::endl;  // so that a test knows when to stop it
      return check(asked);
    };
    result.insert(result.begin() + 1, endless);
  }
  return result;
}

const std::vector<scenario>& scenarios() {
  static const std::vector<scenario> table{{.name = "a-scenario",
                                            .summary = "It is no suite.",
                                            .tags = {"bug"},
                                            .expected = [](const arguments&) { return passes; },
                                            .body = [](const arguments&) { count_whole(0); }}};
  return table;
}

}  // namespace
}  // namespace heddle::test

int main(int argc, char** argv) {
  const char* const more = std::getenv("HEDDLE_FAKES");
  const std::vector<heddle::property_suite> suites = heddle::test::suites(more == nullptr ? "" : more);
  return heddle::command_line(heddle::test::scenarios(), suites, argc, argv);
}
