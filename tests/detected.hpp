// What a program is expected to be found guilty of: a row of a table, and how it is checked.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/heddle.hpp>

namespace heddle {

/** Lines of the program that ran last, for its sentences: `mark<0>()` stands on the line that "@0" means. */
inline std::array<unsigned, 10> lines{};

template <std::size_t Number>
void mark(unsigned line = __builtin_LINE()) {
  lines[Number] = line;
}

/** The test's own file, without directories. */
inline std::string_view file_name;

/** "@0" becomes "detectors_test.cpp:12"; "@8" and "@9" are the joins of `two`, here. */
inline std::string with_places(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '@') {
      const auto number = static_cast<std::size_t>(text[++i] - '0');
      result += std::string(number < 8 ? file_name : "detected.hpp") + ":" + std::to_string(lines.at(number));
    } else {
      result += text[i];
    }
  }
  return result;
}

/** Paths without their directories, which depend on where the build is. */
inline std::string without_directories(std::string text) {
  for (auto slash = text.rfind('/'); slash != text.npos; slash = text.rfind('/')) {
    const auto begin = text.find_last_of(" (", slash) + 1;
    text.erase(begin, slash + 1 - begin);
  }
  return text;
}

/** Two threads, called a and b, and main, which waits for both. */
template <class First, class Second>
void two(First first, Second second) {
  thread a("a", first);
  thread b("b", second);
  mark<8>(), a.join();
  mark<9>(), b.join();
}

struct detected_case {
  const char* why;
  void (*body)();
  std::optional<failure_kind> kind;                // nothing: all executions pass
  std::string_view message = {};                   // whole, with marks for places
  std::vector<std::string_view> explanation = {};  // whole
  void (*set)(options& with) = [](options& /*with*/) {};
};

/** Explores a case and compares everything that is said of it. */
inline void expect_detected(const detected_case& each, std::string_view file) {
  SCOPED_TRACE(each.why);
  file_name = file.substr(file.rfind('/') + 1);
  options with;
  each.set(with);
  const result found = explore(each.body, with);
  EXPECT_EQ(found.failure.has_value(), each.kind.has_value()) << found;
  if (!each.kind || !found.failure) {
    EXPECT_EQ(found.verdict, verdict::pass);
    EXPECT_TRUE(found.exhaustive);
    EXPECT_GT(found.choices, 0U) << "there is something to choose";
    return;
  }
  EXPECT_EQ(found.verdict, verdict::fail);
  EXPECT_EQ(found.failure->kind, *each.kind);
  EXPECT_EQ(without_directories(found.failure->message), with_places(each.message));
  std::vector<std::string> said;
  for (const std::string& sentence : found.failure->explanation) said.push_back(without_directories(sentence));
  std::vector<std::string> expected;
  for (const std::string_view sentence : each.explanation) expected.push_back(with_places(sentence));
  EXPECT_EQ(said, expected);
}

}  // namespace heddle
