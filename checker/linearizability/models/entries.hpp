// States that are entries by key: a sorted list of [key, value], each key at most once.
#pragma once

#include "linearizability/models/model.hpp"

namespace heddle::checker {

/** The value of a key; null if it has none. */
[[nodiscard]] const history_value* entry(const history_value& entries, const history_value& key);

/** The same entries with this one set. */
[[nodiscard]] history_value with_entry(const history_value& entries, const history_value& key, history_value value);

/** The same entries without that of the key. */
[[nodiscard]] history_value without_entry(const history_value& entries, const history_value& key);

}  // namespace heddle::checker
