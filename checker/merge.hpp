// Results of the parts of a search, added up.
#pragma once

#include <string>
#include <vector>

#include <heddle/result.hpp>

namespace heddle::checker {

/** What came of one part, and what to call it where it does not fit. */
struct named_result {
  std::string name;
  result found;
};

/**
 * The result of the whole search. Throws request_error unless the parts are all the shards of one search of the same
 * program under the same settings, each once. Their order does not matter.
 */
[[nodiscard]] result merge_shards(std::vector<named_result> parts);

/** Fails what has found nothing, if it was told of places that it should have reached and did not. */
void fail_if_unreached(result& what);

}  // namespace heddle::checker
