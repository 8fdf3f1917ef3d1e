// The values of a scenario's parameters: what is read, what is refused, and with which words.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/scenario.hpp>

namespace heddle {
namespace {

using text_pairs = std::vector<std::pair<std::string, std::string>>;

constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
constexpr auto highest = std::numeric_limits<std::int64_t>::max();

const std::vector<parameter>& parameters() {
  static const std::vector<parameter> of{
      {"threads", "how many", 2, 1, 8, false},
      {"offset", "may be negative", 0, -5, 5, false},
      {"any", "every number there is", 0, lowest, highest, false},
      {"locked", "off by default", 0, 0, 1, true},
      {"fair", "on by default", 1, 0, 1, true},
  };
  return of;
}

/** The text of the request_error that setting throws; empty if it throws none. */
std::string refusal(std::string_view name, std::string_view value) {
  arguments values(parameters());
  try {
    values.set(name, value);
  } catch (const request_error& error) {
    return error.what();
  }
  return "";
}

TEST(arguments, are_standard_until_set) {
  const arguments values(parameters());
  for (const parameter& each : parameters()) EXPECT_EQ(values[each.name], each.standard) << each.name;
  EXPECT_EQ(values.changed(), text_pairs{}) << "what is standard must not get into schedules";
}

TEST(arguments, read_values) {
  struct row {
    std::string_view name, text;
    std::int64_t value;
    std::string_view reason;
  };
  static constexpr std::array table{
      row{"threads", "3", 3, "a number within the range"},
      row{"threads", "1", 1, "the least is allowed"},
      row{"threads", "8", 8, "the most is allowed"},
      row{"threads", "007", 7, "leading zeros do not make it octal"},
      row{"offset", "-5", -5, "ranges may be negative"},
      row{"any", "9223372036854775807", highest, "the greatest number is read exactly"},
      row{"any", "-9223372036854775808", lowest, "the least number is read exactly"},
      row{"locked", "true", 1, "booleans are words"},
      row{"locked", "1", 1, "or 0 and 1"},
      row{"fair", "false", 0, "booleans are words"},
      row{"fair", "0", 0, "or 0 and 1"},
  };
  for (const row& each : table) {
    arguments values(parameters());
    values.set(each.name, each.text);
    EXPECT_EQ(values[each.name], each.value) << each.name << "=" << each.text << ": " << each.reason;
  }
}

TEST(arguments, refuse_what_is_not_allowed_and_say_what_is) {
  struct row {
    std::string_view name, text, error, reason;
  };
  static constexpr std::array table{
      row{"threads", "0", "parameter threads is a whole number from 1 to 8, not 0", "below the range"},
      row{"threads", "9", "parameter threads is a whole number from 1 to 8, not 9", "above the range"},
      row{"threads", "3x", "parameter threads is a whole number from 1 to 8, not 3x", "something follows the number"},
      row{"threads", " 3", "parameter threads is a whole number from 1 to 8, not  3", "a space is no digit"},
      row{"threads", "+3", "parameter threads is a whole number from 1 to 8, not +3", "schedules cannot hold a plus"},
      row{"threads", "2.0", "parameter threads is a whole number from 1 to 8, not 2.0", "not a whole number"},
      row{"threads", "", "parameter threads is a whole number from 1 to 8, not empty", "no number at all"},
      row{"any", "9223372036854775808",
          "parameter any is a whole number from -9223372036854775808 to 9223372036854775807, not 9223372036854775808",
          "does not fit, and must not wrap around"},
      row{"locked", "2", "parameter locked is true or false, not 2", "only 0 and 1 are booleans"},
      row{"locked", "True", "parameter locked is true or false, not True", "one spelling, as in schedules"},
      row{"locked", "", "parameter locked is true or false, not empty", "nothing is not false"},
      row{"thread", "3", "there is no parameter thread, only threads, offset, any, locked, fair", "a name mistyped"},
      row{"", "3", "there is no parameter '', only threads, offset, any, locked, fair", "no name at all"},
  };
  for (const row& each : table) EXPECT_EQ(refusal(each.name, each.text), each.error) << each.reason;
}

TEST(arguments, of_a_scenario_without_parameters) {
  arguments values(std::span<const parameter>{});
  EXPECT_EQ(values.changed(), text_pairs{});
  try {
    values.set("threads", "3");
    FAIL() << "there is nothing that could be set";
  } catch (const request_error& error) {
    EXPECT_STREQ(error.what(), "there is no parameter threads, nor any other");
  }
}

TEST(arguments, keep_their_values_when_one_is_refused) {
  arguments values(parameters());
  values.set("threads", "5");
  EXPECT_THROW(values.set("threads", "9"), request_error);
  EXPECT_EQ(values["threads"], 5) << "a refused value must not be half set";
}

TEST(arguments, changed_are_in_the_order_of_declaration) {
  arguments values(parameters());
  values.set("fair", "0");
  values.set("locked", "1");
  values.set("any", "-7");
  values.set("threads", "004");
  const text_pairs expected{{"threads", "4"}, {"any", "-7"}, {"locked", "true"}, {"fair", "false"}};
  EXPECT_EQ(values.changed(), expected) << "the same values make the same schedule text, however they were written";
}

TEST(arguments, set_back_are_not_changed) {
  arguments values(parameters());
  values.set("threads", "3");
  values.set("locked", "true");
  values.set("threads", "2");
  values.set("locked", "false");
  EXPECT_EQ(values.changed(), text_pairs{}) << "the last value counts, and it is the standard one";
}

TEST(arguments, changed_can_be_set_again) {
  arguments values(parameters());
  values.set("offset", "-3");
  values.set("locked", "1");
  arguments again(parameters());
  for (const auto& [name, value] : values.changed()) again.set(name, value);
  for (const parameter& each : parameters()) {
    EXPECT_EQ(again[each.name], values[each.name]) << each.name << ": schedules bring parameters back this way";
  }
}

TEST(arguments, know_flags_and_refuse_to_look_up_what_does_not_exist) {
  arguments values(parameters());
  EXPECT_FALSE(values.flag("locked"));
  EXPECT_TRUE(values.flag("fair"));
  EXPECT_THROW(static_cast<void>(values["thread"]), std::out_of_range) << "a scenario that misspells its own parameter";
}

}  // namespace
}  // namespace heddle
