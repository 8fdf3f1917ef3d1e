// The shapes that arguments and results have.
#pragma once

#include <algorithm>

#include "linearizability/models/model.hpp"

namespace heddle::checker::shapes {

inline constexpr shape nothing{"nothing", [](const history_value& x) { return x.is_nothing(); }};
inline constexpr shape anything{"a value", [](const history_value&) { return true; }};
inline constexpr shape something{"a value that is not null", [](const history_value& x) { return !x.is_nothing(); }};
inline constexpr shape element{"the value, or null if there is none", [](const history_value&) { return true; }};
inline constexpr shape flag{"true or false", [](const history_value& x) { return x.as_flag() != nullptr; }};
inline constexpr shape number{"a whole number", [](const history_value& x) { return x.as_number() != nullptr; }};
inline constexpr shape list{"a list", [](const history_value& x) { return x.as_list() != nullptr; }};

inline bool is_list_of(const history_value& x, std::size_t size) {
  return x.as_list() != nullptr && x.as_list()->size() == size;
}

inline constexpr shape old_and_new{"[old, new]", [](const history_value& x) { return is_list_of(x, 2); }};
inline constexpr shape key_and_value{"[key, value] with a value that is not null", [](const history_value& x) {
                                       return is_list_of(x, 2) && !x.as_list()->back().is_nothing();
                                     }};

/** Large enough for money, and small enough that sums of them do not overflow. */
inline constexpr std::int64_t greatest_amount = std::int64_t{1} << 40;

inline bool is_amount(const history_value& x) {
  return x.as_number() != nullptr && *x.as_number() >= -greatest_amount && *x.as_number() <= greatest_amount;
}
inline bool is_positive_amount(const history_value& x) { return is_amount(x) && *x.as_number() >= 0; }

inline constexpr shape amount{"a whole number of at most 40 bits", is_amount};
inline constexpr shape account_and_amount{
    "[account, amount] with an amount of 0 or more, at most 40 bits",
    [](const history_value& x) { return is_list_of(x, 2) && is_positive_amount(x.as_list()->back()); }};
inline constexpr shape transfer{
    "[from, to, amount] with an amount of 0 or more, at most 40 bits",
    [](const history_value& x) { return is_list_of(x, 3) && is_positive_amount(x.as_list()->back()); }};

}  // namespace heddle::checker::shapes
