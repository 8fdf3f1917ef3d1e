// The first section of a report: the verdict in words, and what was controlled to come to it.
#pragma once

#include <string>
#include <string_view>

#include <heddle/result.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** A verdict as headlines have it: "PASS", and its colour. */
struct verdict_style {
  std::string_view word;
  ink drawn;
};

[[nodiscard]] verdict_style style_of(verdict value);

/** The headline, the counters below it, and a warning where nothing was tested. Lines of at most `width` columns. */
[[nodiscard]] block headline(const result& what, int width);

// ---- its parts, for what is more than one search, or asks for something else than failures

/** All that was run: "10,000 executions at random", "6 executions of a dpor search". */
[[nodiscard]] std::string scope_of(const result& what);
/** One of them: "of a dpor search", "at random". */
[[nodiscard]] std::string manner_of(const result& what);

/** The name, the verdict, and what is to be said about that. */
[[nodiscard]] block first_line(const result& what, std::string_view how_it_went, int width);

/** What was controlled, and what limits its meaning. */
[[nodiscard]] block counters(const result& what, int width);

/** Why what found nothing says nothing about the program either; empty where it does say something. */
[[nodiscard]] std::string_view why_vacuous(const result& what);

/** The same as an empty line and a warning; or nothing. */
[[nodiscard]] block warning_if_vacuous(const result& what, int width);

}  // namespace heddle::checker
