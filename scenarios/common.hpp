// What several scenarios need: what they expect, and names for objects and threads of which there are many.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <heddle/scenario.hpp>

namespace heddle::scenarios {

/** scenario::expected of a correct program. */
inline expectation passes(const arguments& /*args*/) { return {verdict::pass, {}}; }

/** scenario::expected of a program that fails in this way, whatever its parameters. */
template <failure_kind Kind>
expectation fails(const arguments& /*args*/) {
  return {verdict::fail, Kind};
}

/** The name of thread `index`, from 0: "a", "b", "c". At most 26. */
std::string letter(std::integral auto index) { return std::string(1, "abcdefghijklmnopqrstuvwxyz"[index]); }

/** The name of one of many: "fork 1" for index 0. */
std::string numbered(std::string_view what, std::integral auto index) {
  return std::string(what) + " " + std::to_string(index + 1);
}

}  // namespace heddle::scenarios
