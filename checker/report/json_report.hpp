// Results as JSON values.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include <heddle/result.hpp>
#include <heddle/scenario.hpp>

namespace heddle::checker {

/** An object with the keys of to_json(result). */
[[nodiscard]] nlohmann::ordered_json to_object(const result& what);

/** An object of "verdict" and, of a failure, "kind". */
[[nodiscard]] nlohmann::ordered_json to_object(const expectation& expected);

/** Two spaces of indent, a newline at the end; what is no UTF-8 is replaced. */
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& of);

}  // namespace heddle::checker
