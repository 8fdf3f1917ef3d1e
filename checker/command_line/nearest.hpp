// Suggestions for mistyped names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace heddle::checker {

/** "; did you mean lost-update?" with the candidate most like `name`, or an empty text if none is much like it. */
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

}  // namespace heddle::checker
