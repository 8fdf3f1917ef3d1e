// Object properties: what the harness makes of operations, preconditions, waits and models.
#include <gtest/gtest.h>

#include <stdlib.h>  // setenv

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

namespace heddle {
namespace {

/** A number that several threads may set and get. */
struct cell {
  heddle::atomic<int> value{0, "value"};
};

failure_kind kind_of(const property_result& came) {
  if (!came.found.failure) throw std::logic_error("nothing was found");
  return came.found.failure->kind;
}

/** The texts of the operations in the smallest case, as its trace shows their calls. */
std::set<std::string> calls_in(const property_result& came) {
  std::set<std::string> calls;
  for (const step& each : came.found.failure->trace.steps) {
    if (each.written.find(" = ") != std::string::npos) calls.insert(each.written.substr(0, each.written.find(" = ")));
    if (each.written.ends_with(" returns")) calls.insert(each.written.substr(0, each.written.find(" returns")));
  }
  return calls;
}

TEST(object_property, is_refused_without_operations) {
  const object_property<cell, int> property("empty");
  try {
    (void)property.check({});
    FAIL() << "it was not refused";
  } catch (const request_error& error) {
    EXPECT_STREQ(error.what(), "the property empty has no operations");
  }
}

TEST(object_property, is_refused_where_no_precondition_ever_holds) {
  object_property<cell, int> property("never");
  property
      .operation(
          "get", [](cell& it) { return it.value.load(); }, [](int& model) { return model; })
      .when([](const int&) { return false; });
  EXPECT_THROW((void)property.check({}), request_error);
}

// An object that fails loudly where its precondition does not hold: no two may be inside.
struct one_at_a_time {
  heddle::atomic<int> left{3, "left"};
  void take() { heddle::check(left.fetch_sub(1) > 0, "there is one left"); }
};

TEST(object_property, keeps_preconditions_in_all_orders) {
  object_property<one_at_a_time, int> property("preconditions", 3);
  property
      .operation(
          "take", [](one_at_a_time& it) { it.take(); }, [](int& model) { --model; })
      .when([](const int& model) { return model > 0; });
  property.operation(
      "look", [](one_at_a_time& it) { return it.left.load(); }, [](int& model) { return model; });
  const property_result came = property.check({});
  EXPECT_EQ(came.found.verdict, verdict::pass) << came.found;
  EXPECT_EQ(came.cases, 100U);
}

TEST(object_property, without_its_precondition_the_same_object_fails) {
  object_property<one_at_a_time, int> property("no-preconditions", 3);
  property.operation(
      "take", [](one_at_a_time& it) { it.take(); }, [](int& model) { --model; });
  const property_result came = property.check({});
  EXPECT_EQ(kind_of(came), failure_kind::assertion);
  EXPECT_EQ(came.smallest->operations, 4U) << "three may take: " << came.found;
}

/** A gate that is opened once, and waited for. */
struct gate {
  heddle::mutex mutex{"mutex"};
  heddle::condition_variable opened{"opened"};
  bool is_open = false;
  void open() {
    const std::lock_guard guard(mutex);
    is_open = true;
    opened.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex);
    while (!is_open) opened.wait(lock);
  }
};

auto gate_property(bool passing_waits) {
  object_property<gate, bool> property("gate");
  property.operation(
      "open", [](gate& it) { it.open(); }, [](bool& model) { model = true; });
  auto& pass = property.operation(
      "pass", [](gate& it) { it.pass(); }, [](bool&) {});
  if (passing_waits) pass.waits_while([](const bool& model) { return !model; });
  return property;
}

TEST(object_property, lets_operations_wait_where_the_model_says_so) {
  const property_result came = gate_property(true).check({});
  EXPECT_EQ(came.found.verdict, verdict::pass) << came.found;
}

TEST(object_property, finds_operations_that_wait_where_the_model_does_not_say_so) {
  const property_result came = gate_property(false).check({});
  EXPECT_EQ(kind_of(came), failure_kind::lost_wakeup);
  EXPECT_EQ(came.smallest->operations, 1U) << came.found;
}

// Gives 0 or 1, as it likes.
struct coin {
  int throw_it() { return static_cast<int>(heddle::random(2)); }
};

auto coin_property(int sides) {
  object_property<coin, int> property("coin");
  property.operation(
      "throw", [](coin& it) { return it.throw_it(); },
      [sides](const int& model, const int* seen) {
        const bool possible = seen == nullptr || *seen < sides;
        return possible ? std::vector<int>{model} : std::vector<int>{};
      });
  return property;
}

TEST(object_property, allows_every_result_of_a_model_with_several) {
  EXPECT_EQ(coin_property(2).check({}).found.verdict, verdict::pass);
}

TEST(object_property, allows_no_other_result) {
  const property_result came = coin_property(1).check({});
  EXPECT_EQ(kind_of(came), failure_kind::not_linearizable);
  EXPECT_EQ(came.smallest->operations, 1U);
}

// What was set is seen by others only once the setting thread gets (a store buffer of one entry for each thread).
struct buffered {
  heddle::atomic<int> value{0, "value"};
  heddle::thread_local_var<int> pending{0};
  void set(int to) { *pending = to; }
  int get() {
    const int mine = *pending;
    if (mine != 0) return mine;
    return value.load();
  }
};

auto buffered_property(consistency by) {
  object_property<buffered, int> property("buffered");
  property.operation(
      "set", [](buffered& it) { it.set(1); }, [](int& model) { model = 1; });
  property.operation(
      "get", [](buffered& it) { return it.get(); }, [](int& model) { return model; });
  property.with({.threads = 2, .per_thread = 2, .before = 0, .after = 0});
  property.with(case_limits{.consistency = by});
  return property;
}

TEST(object_property, can_ask_for_sequential_consistency_only) {
  EXPECT_EQ(kind_of(buffered_property(consistency::linearizable).check({})), failure_kind::not_linearizable);
  const property_result came = buffered_property(consistency::sequential).check({});
  EXPECT_EQ(came.found.verdict, verdict::pass) << came.found;
}

TEST(object_property, shrinks_arguments_to_the_smallest_that_fails) {
  object_property<cell, int> property("limit");
  property.operation(
      "add",
      [](cell& it, int amount) {
        it.value.fetch_add(amount);
        return amount < 137;  // it should always be true
      },
      [](int& model, int amount) {
        model += amount;
        return true;
      },
      rc::gen::inRange(0, 1000));
  const property_result came = property.check({});
  EXPECT_EQ(kind_of(came), failure_kind::not_linearizable);
  EXPECT_EQ(came.smallest->operations, 1U);
  EXPECT_EQ(calls_in(came), std::set<std::string>{"add(137)"}) << came.found;
  EXPECT_EQ(
      came.found.failure->explanation,
      std::vector<std::string>{"Behind the operations that an order explains, the model's add(137) returns true."});
}

TEST(object_property, takes_an_exception_for_a_failure) {
  object_property<cell, int> property("throws");
  property.operation(
      "get",
      [](cell& it) {
        if (it.value.load() == 0) throw std::runtime_error("nothing in it");
        return 1;
      },
      [](int&) { return 1; });
  const property_result came = property.check({});
  EXPECT_EQ(kind_of(came), failure_kind::uncaught_exception);
  EXPECT_NE(came.found.failure->message.find("nothing in it"), std::string::npos) << came.found;
}

struct two_locks {
  heddle::mutex left{"left"};
  heddle::mutex right{"right"};
  static void both(heddle::mutex& first, heddle::mutex& second) {
    const std::lock_guard one(first);
    const std::lock_guard other(second);
  }
};

TEST(object_property, takes_a_deadlock_for_one_although_operations_may_wait) {
  object_property<two_locks, int> property("deadlock");
  property.operation(
      "forward", [](two_locks& it) { two_locks::both(it.left, it.right); }, [](int&) {});
  property.operation(
      "backward", [](two_locks& it) { two_locks::both(it.right, it.left); }, [](int&) {});
  const property_result came = property.check({});
  EXPECT_EQ(kind_of(came), failure_kind::deadlock);
  EXPECT_EQ(came.smallest->operations, 2U) << came.found;
  EXPECT_EQ(came.found.failure->preemptions, 1U);
}

// Results of type bool are counted like others: a std::vector<bool> has no elements to point to.
TEST(object_property, has_operations_that_return_bool_with_several_results) {
  object_property<cell, int> property("bool");
  property.operation(
      "is_zero", [](cell& it) { return it.value.load() == 0; },
      [](const int& model, const bool* seen) {
        return seen == nullptr || *seen ? std::vector<int>{model} : std::vector<int>{};
      });
  EXPECT_EQ(property.check({}).found.verdict, verdict::pass);
}

// The first cases are no less varied than the later ones: inRange(0, 2) comes to 1 in them, too.
TEST(object_property, draws_from_whole_ranges) {
  object_property<cell, int> property("ranges");
  property.operation(
      "is", [](cell&, int which) { return which == 0; }, [](int&, int) { return true; }, rc::gen::inRange(0, 2));
  const property_result came = property.check({.cases = 5});
  EXPECT_EQ(kind_of(came), failure_kind::not_linearizable);
}

// A precondition that rules out half of the operations leaves as many of them in a case.
TEST(object_property, fills_cases_in_spite_of_preconditions) {
  std::size_t most = 0;
  object_property<cell, int> property("half");
  property
      .operation(
          "no", [](cell&, int) {}, [](int& model, int) { ++model; }, rc::gen::inRange(0, 2))
      .when([&most](const int& model, int which) {
        most = std::max(most, static_cast<std::size_t>(model) + 1);
        return which == 1;
      });
  property.with({.threads = 2, .per_thread = 3, .before = 2, .after = 2});
  (void)property.check({.cases = 40});
  EXPECT_EQ(most, 10U);
}

TEST(object_property, refuses_schedules_of_other_properties) {
  object_property<cell, int> property("mine");
  property.operation(
      "get", [](cell& it) { return it.value.load(); }, [](int& model) { return model; });
  EXPECT_THROW((void)property.replay("heddle1:other,seed=1,case=1:end"), request_error);
  EXPECT_THROW((void)property.replay("heddle1:mine:end"), request_error);
  EXPECT_THROW((void)property.replay("heddle1:mine,seed=1,case=1,shrunk=99:end"), request_error);
  EXPECT_THROW((void)property.replay("nonsense"), request_error);
}

/** A door that trusts a wake-up: right as long as none is spurious. */
struct trusting_door {
  void open() {
    const std::lock_guard guard(mutex);
    is_open = true;
    opened.notify_all();
  }
  bool pass() {
    std::unique_lock lock(mutex);
    if (!is_open) opened.wait(lock);
    return is_open;
  }
  heddle::mutex mutex{"mutex"};
  heddle::condition_variable opened{"opened"};
  heddle::shared<bool> is_open{false, "is open"};
};

object_property<trusting_door, bool> door_property() {
  object_property<trusting_door, bool> property("door");
  property.operation(
      "open", [](trusting_door& door) { door.open(); }, [](bool& is_open) { is_open = true; });
  property
      .operation(
          "pass", [](trusting_door& door) { return door.pass(); }, [](bool& is_open) { return is_open; })
      .waits_while([](const bool& is_open) { return !is_open; });
  return property;
}

TEST(object_property, meets_with_faults_where_they_are_asked_for) {
  EXPECT_EQ(door_property().check({}).found.verdict, verdict::pass) << "nothing wakes it up but open";
  const sim::fault_kinds spurious = sim::only(fault_kind::spurious_wakeup);
  const property_result asked = door_property().check({.faults = spurious});
  EXPECT_EQ(kind_of(asked), failure_kind::not_linearizable) << to_text(asked);
  auto own = door_property();
  own.with(case_limits{.faults = spurious});
  const property_result of_its_own = own.check({});
  EXPECT_EQ(kind_of(of_its_own), failure_kind::not_linearizable) << to_text(of_its_own);
  EXPECT_EQ(kind_of(own.replay(of_its_own.found.failure->schedule)), failure_kind::not_linearizable);
}

/** An environment variable, for as long as this lives. */
class set_variable {
 public:
  set_variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~set_variable() { ::unsetenv(name_); }
  set_variable(const set_variable&) = delete;
  set_variable& operator=(const set_variable&) = delete;

 private:
  const char* name_;
};

TEST(object_property, does_as_the_environment_says_where_it_has_no_options) {
  {
    const set_variable cases("HEDDLE_CASES", "7");
    EXPECT_EQ(door_property().check().cases, 7U);
  }
  {
    const set_variable faults("HEDDLE_FAULTS", "spurious-wakeup");
    EXPECT_EQ(kind_of(door_property().check()), failure_kind::not_linearizable);
  }
  const property_result found = door_property().check({.faults = sim::only(fault_kind::spurious_wakeup)});
  const set_variable schedule("HEDDLE_SCHEDULE", found.found.failure->schedule.c_str());
  EXPECT_EQ(kind_of(door_property().check()), failure_kind::not_linearizable) << "it is replayed";
  object_property<trusting_door, bool> another("another");
  const property_result left_out = another.check();
  EXPECT_EQ(left_out.found.verdict, verdict::inconclusive) << "the schedule is not one of this property";
  EXPECT_EQ(left_out.found.stopped_by, "HEDDLE_SCHEDULE, a schedule of door");
}

}  // namespace
}  // namespace heddle
