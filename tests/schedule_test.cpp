// Schedules as text: exact examples, every error with its place, and what holds for all schedules and all texts.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/sim/schedule.hpp>

namespace heddle::sim {
namespace {

constexpr choice_kind thread = choice_kind::thread;
constexpr choice_kind waiter = choice_kind::waiter;
constexpr choice_kind value = choice_kind::value;
constexpr choice_kind fault = choice_kind::fault;

schedule lost_update() {
  return {"lost-update", {{"threads", "3"}}, {{thread, 2, 0}, {thread, 2, 0}, {thread, 3, 1}, {value, 10, 5}}};
}

std::string error_of_parsing(std::string_view text) {
  try {
    (void)parse_schedule(text);
  } catch (const schedule_error& error) {
    return error.what();
  }
  return "no error";
}

std::string error_of_writing(const schedule& what) {
  try {
    (void)to_text(what);
  } catch (const schedule_error& error) {
    return error.what();
  }
  return "no error";
}

// ---- examples

struct text_case {
  const char* why;
  schedule what;
  std::string text;
};

const std::vector<text_case>& text_cases() {
  static const std::vector<text_case> cases{
      {"no choice at all is a schedule, too", {"p", {}, {}}, "heddle1:p:end"},
      {"equal neighbours share a repetition", lost_update(), "heddle1:lost-update,threads=3:t0/2x2.t1/3.v5/10.end"},
      {"settings keep their order", {"p", {{"b", "2"}, {"a", "-1.5"}}, {}}, "heddle1:p,b=2,a=-1.5:end"},
      {"each kind has its letter",
       {"p", {}, {{thread, 2, 1}, {waiter, 2, 1}, {value, 2, 1}, {fault, 2, 1}}},
       "heddle1:p:t1/2.w1/2.v1/2.f1/2.end"},
      {"a difference in the count alone ends a run",
       {"p", {}, {{thread, 2, 0}, {thread, 3, 0}}},
       "heddle1:p:t0/2.t0/3.end"},
      {"the largest numbers fit",
       {"p", {}, {{value, UINT32_MAX, UINT32_MAX - 1}}},
       "heddle1:p:v4294967294/4294967295.end"},
      {"a word may have every character of words, and be 'end'",
       {"end", {{"A-z_0.9", "end"}}, {{thread, 2, 0}}},
       "heddle1:end,A-z_0.9=end:t0/2.end"},
  };
  return cases;
}

TEST(schedule_text, is_exactly) {
  for (const text_case& each : text_cases()) EXPECT_EQ(to_text(each.what), each.text) << each.why;
}

TEST(schedule_text, is_read_back) {
  for (const text_case& each : text_cases()) EXPECT_EQ(parse_schedule(each.text), each.what) << each.why;
}

TEST(schedule_text, file_form_is_exactly) {
  EXPECT_EQ(to_file_text(lost_update()),
            R"(# A schedule of Heddle: an execution of a program as the choices that determine it.
# A choice is the letter of its kind, the index picked, '/' and out of how many: t1/3 picks the second of three.
# Behind 'x' stands how often it repeats. Kinds: t thread, w waiter, v value, f fault.
heddle1:
lost-update,
threads=3:
t0/2x2.
t1/3.
v5/10.
end
)");
}

TEST(schedule_text, reads_other_spellings) {
  const struct {
    const char* why;
    std::string_view text;
  } cases[] = {
      {"runs need not be joined", "heddle1:lost-update,threads=3:t0/2.t0/2x1.t1/3.v5/10.end"},
      {"leading zeros mean nothing", "heddle1:lost-update,threads=3:t00/02x0002.t1/3.v5/10.end"},
      {"blanks stand between parts", " heddle1 : lost-update , threads = 3 : t0/2x2 . t1/3 . v5/10 . end "},
      {"an editor may write CRLF", "heddle1:\r\nlost-update,\r\nthreads=3:\r\nt0/2x2.\r\nt1/3.\r\nv5/10.\r\nend\r\n"},
      {"an editor may write a byte order mark", "\xef\xbb\xbfheddle1:lost-update,threads=3:t0/2x2.t1/3.v5/10.end"},
      {"a tab is a blank", "heddle1:\tlost-update,threads=3:t0/2x2.\tt1/3.v5/10.end\t"},
      {"a comment ends with its line", "#a\nheddle1:lost-update#:\n,threads=3:t0/2x2#x9.\n.t1/3.v5/10.end#of all"},
  };
  for (const auto& each : cases) EXPECT_EQ(parse_schedule(each.text), lost_update()) << each.why;
}

// ---- errors

TEST(schedule_text, errors_say_where_and_what_to_do) {
  const std::string number = "4294967295";
  const std::string kinds = "t thread, w waiter, v value, f fault";
  const std::string word = "one or more letters, digits, '.', '_', '-', '+' and '/'";
  const struct {
    const char* why;
    std::string text;
    std::string error;
  } cases[] = {
      {"empty", "", "the schedule is empty; expected a text such as heddle1:program:t0/2.t1/2x3.end"},
      {"nothing but a comment", " # none\n",
       "the schedule is empty; expected a text such as heddle1:program:t0/2.t1/2x3.end"},
      {"another text", "hello:p:end",
       "the schedule is wrong at offset 0, 'hello': expected 'heddle1:', with which every schedule begins"},
      {"no version", "heddle:p:end",
       "the schedule is wrong at offset 0, 'heddle': expected 'heddle1:', with which every schedule begins"},
      {"a newer version", "heddle2:p:end",
       "the schedule is wrong at offset 6, '2': this Heddle reads schedules of version 1; "
       "replay it with the Heddle that wrote it, or a newer one"},
      {"a version that only begins with 1", "heddle12:p:end",
       "the schedule is wrong at offset 6, '12': this Heddle reads schedules of version 1; "
       "replay it with the Heddle that wrote it, or a newer one"},
      {"a program name of other characters", "heddle1:p%q:end",
       "the schedule is wrong at offset 9, '%q': expected ',' and a setting, or ':' and the choices"},
      {"no program name", "heddle1::end",
       "the schedule is wrong at offset 8, ':end': expected the program's name: " + word},
      {"a setting without a value", "heddle1:p,threads:end",
       "the schedule is wrong at offset 17, ':end': expected '=' and a value behind the setting 'threads'"},
      {"an empty value", "heddle1:p,threads=:end",
       "the schedule is wrong at offset 18, ':end': expected a value for the setting 'threads': " + word},
      {"an empty setting", "heddle1:p,:end",
       "the schedule is wrong at offset 10, ':end': expected a setting's name: " + word},
      {"contradicting settings", "heddle1:p,a=1,a=2:end",
       "the schedule is wrong at offset 14, 'a': this setting stands there twice; remove one"},
      {"an unknown kind", "heddle1:p:q0/2.end",
       "the schedule is wrong at offset 10, 'q0/2': expected a choice, which begins with its kind (" + kinds +
           "), or 'end'"},
      {"control characters and other bytes are not repeated", "heddle1:p:\x1b\xff/2.end",
       "the schedule is wrong at offset 10, '?\?/2': expected a choice, which begins with its kind (" + kinds +
           "), or 'end'"},
      {"no index", "heddle1:p:t/2.end",
       "the schedule is wrong at offset 11, '/2': expected the index picked, a number"},
      {"a sign", "heddle1:p:t-1/2.end",
       "the schedule is wrong at offset 11, '-1/2': expected the index picked, a number"},
      {"no count", "heddle1:p:t0.end",
       "the schedule is wrong at offset 12, '.end': expected '/' and the count behind the index picked"},
      {"a count of 1 is no choice", "heddle1:p:t0/1.end",
       "the schedule is wrong at offset 10, 't0/1': a choice has a count of at least 2"},
      {"an index out of range", "heddle1:p:t0/2.w3/3.end",
       "the schedule is wrong at offset 15, 'w3/3': the index picked is below the count: at most 2"},
      {"a number beyond 32 bits", "heddle1:p:t0/4294967296.end",
       "the schedule is wrong at offset 13, '4294967296': the count is too large; expected at most " + number},
      {"a number beyond 64 bits", "heddle1:p:t18446744073709551616/3.end",
       "the schedule is wrong at offset 11, '18446744073709551616/3': the index picked is too large; "
       "expected at most " +
           number},
      {"no repetition at all", "heddle1:p:t0/2x0.end",
       "the schedule is wrong at offset 10, 't0/2x0': the repetition is at least 1"},
      {"a repetition that would fill the memory", "heddle1:p:t0/2x4000000000.end",
       "the schedule is wrong at offset 10, 't0/2x4000000000': a schedule has at most 10000000 choices"},
      {"one choice more than allowed, in two runs", "heddle1:p:t0/2x3.t1/2x9999998.end",
       "the schedule is wrong at offset 17, 't1/2x9999998': a schedule has at most 10000000 choices"},
      {"blanks within a choice", "heddle1:p:t0 /2.end",
       "the schedule is wrong at offset 12, ' /2': expected '/' and the count behind the index picked"},
      {"two choices without a mark", "heddle1:p:t0/2t1/2.end",
       "the schedule is wrong at offset 14, 't1/2': expected '.' behind the choice"},
      {"cut off behind a choice", "heddle1:p:t0/2.",
       "the schedule is cut off at offset 15: expected a choice, or 'end'"},
      {"cut off within 'end'", "heddle1:p:t0/2.en",
       "the schedule is cut off at offset 17: expected a choice, or 'end'"},
      {"cut off behind the version", "heddle1", "the schedule is cut off at offset 7: expected ':' behind the version"},
      {"something behind the end", "heddle1:p:t0/2.end.t0/2",
       "the schedule is wrong at offset 18, '.t0/2': nothing may follow 'end'; remove it"},
      {"in a file, the line counts", "# a\nheddle1:\np:\nt2/2.\nend\n",
       "the schedule is wrong at offset 16 (line 4), 't2/2': the index picked is below the count: at most 1"},
      {"a long piece is shortened", "heddle1:p:t0/2.end" + std::string(30, 'z'),
       "the schedule is wrong at offset 18, 'zzzzzzzzzzzzzzzzzzzzzzzz...': nothing may follow 'end'; remove it"},
  };
  for (const auto& each : cases) EXPECT_EQ(error_of_parsing(each.text), each.error) << each.why;
}

TEST(schedule_text, the_most_choices_are_read) {
  EXPECT_EQ(parse_schedule("heddle1:p:t0/2x9999999.t1/2.end").choices.size(), most_choices)
      << "the limit itself is within the limit";
}

TEST(schedule_text, is_refused_where_it_could_not_be_read_back) {
  const std::string start = "the schedule has no text form: ";
  const std::string word = "; expected one or more letters, digits, '.', '_', '-', '+' and '/'";
  const std::string wrong_choice = start + "a choice needs a count of at least 2, and less than that picked";
  const struct {
    const char* why;
    schedule what;
    std::string error;
  } cases[] = {
      {"a blank in a name", {"lost update", {}, {}}, start + "its program's name is 'lost update'" + word},
      {"no name", {"", {}, {}}, start + "its program's name is ''" + word},
      {"a mark in a setting's name", {"p", {{"a=b", "1"}}, {}}, start + "its setting's name is 'a=b'" + word},
      {"an empty value", {"p", {{"a", ""}}, {}}, start + "its value of 'a' is ''" + word},
      {"two values", {"p", {{"a", "1"}, {"a", "1"}}, {}}, start + "'a' is set twice; set it once"},
      {"no choice", {"p", {}, {{thread, 1, 0}}}, wrong_choice},
      {"an index out of range", {"p", {}, {{thread, 2, 2}}}, wrong_choice},
      {"too many choices",
       {"p", {}, std::vector<choice>(most_choices + 1, {thread, 2, 0})},
       start + "it has more than 10000000 choices"},
  };
  for (const auto& each : cases) EXPECT_EQ(error_of_writing(each.what), each.error) << each.why;
}

// ---- what holds for all

std::string any_word() {
  static const std::string characters = "abxyzABXYZ0189._-+/";
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(characters)));
}

choice any_choice() {
  const auto count =
      *rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(2, 5), rc::gen::inRange<std::uint32_t>(2, UINT32_MAX));
  return {static_cast<choice_kind>(*rc::gen::inRange<std::uint32_t>(0, choice_kind_count)), count,
          *rc::gen::inRange<std::uint32_t>(0, count)};
}

schedule any_schedule() {
  schedule made;
  made.program = any_word();
  std::set<std::string> names;
  for (int settings = *rc::gen::inRange(0, 4); settings > 0; --settings) {
    const std::string name = any_word();
    if (names.insert(name).second) made.settings.emplace_back(name, any_word());
  }
  for (int runs = *rc::gen::inRange(0, 8); runs > 0; --runs) {
    made.choices.insert(made.choices.end(), *rc::gen::inRange<std::size_t>(1, 12), any_choice());
  }
  return made;
}

/** Only schedule_error may come of any text: anything else fails the property. What is read can be written. */
void parse_any(const std::string& text) {
  std::optional<schedule> read;
  try {
    read = parse_schedule(text);
  } catch (const schedule_error& error) {
    const std::string_view what = error.what();
    RC_ASSERT(what.starts_with("the schedule is "));
    RC_ASSERT(what.find('\n') == std::string_view::npos);
    RC_ASSERT(what.size() < 300U);
  }
  if (read) RC_ASSERT(parse_schedule(to_text(*read)) == *read);
}

RC_GTEST_PROP(schedule_text, every_schedule_is_read_back, ()) {
  const schedule what = any_schedule();
  RC_ASSERT(parse_schedule(to_text(what)) == what);
  RC_ASSERT(parse_schedule(to_file_text(what)) == what);
}

RC_GTEST_PROP(schedule_text, the_same_schedule_has_one_text, ()) {
  const schedule what = any_schedule();
  RC_ASSERT(to_text(parse_schedule(to_file_text(what))) == to_text(what));
}

RC_GTEST_PROP(schedule_text, what_is_cut_off_is_refused, ()) {
  const std::string text = to_text(any_schedule());
  for (std::size_t length = 0; length < text.size(); ++length) {
    RC_ASSERT_THROWS_AS((void)parse_schedule(std::string_view(text).substr(0, length)), schedule_error);
  }
}

RC_GTEST_PROP(schedule_text, any_bytes_are_read_or_refused, (const std::string& bytes)) { parse_any(bytes); }

RC_GTEST_PROP(schedule_text, any_marks_are_read_or_refused, ()) {
  static const std::string characters = "end0129tvwsx/.:,=# \n\r";
  parse_any("heddle1:p" + *rc::gen::container<std::string>(rc::gen::elementOf(characters)));
}

RC_GTEST_PROP(schedule_text, mutations_are_read_or_refused, ()) {
  std::string text = *rc::gen::arbitrary<bool>() ? to_text(any_schedule()) : to_file_text(any_schedule());
  for (int mutations = *rc::gen::inRange(1, 5); mutations > 0 && !text.empty(); --mutations) {
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size());
    switch (*rc::gen::inRange(0, 3)) {
      case 0: text.erase(at, *rc::gen::inRange<std::size_t>(1, 6)); break;
      case 1: text.insert(at, text, *rc::gen::inRange<std::size_t>(0, text.size()), 5); break;
      default: text[at] = *rc::gen::arbitrary<char>(); break;
    }
  }
  parse_any(text);
}

}  // namespace
}  // namespace heddle::sim
