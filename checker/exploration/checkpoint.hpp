// Where an exploration stands, as a value that can be stored, so that it can go on later or elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/explore.hpp>
#include <heddle/result.hpp>

#include "exploration/event_graph.hpp"

namespace heddle::checker::exploration {

/** What has been found, and what is left to be explored. */
struct checkpoint {
  std::string program;                                        ///< as options::name
  std::vector<std::pair<std::string, std::string>> settings;  ///< as result::settings
  result so_far;                     ///< but for a failure's trace, which its schedule gives again: see from_json
  std::vector<event_graph> pending;  ///< in the order in which dpor::give_away gives them; none: it is finished
};

/**
 * The checkpoint as it is stored: a line of text with the format's version, one with the length and the checksum of
 * what follows, and then that, in CBOR.
 */
[[nodiscard]] std::string to_bytes(const checkpoint& what);
/** Reads what to_bytes writes. Throws request_error that says what is wrong: "is cut short". */
[[nodiscard]] checkpoint checkpoint_from(std::string_view bytes);

/** Stores it. Whenever that is interrupted, the file has what it had before, or all of the new. See replace_file. */
void save(const checkpoint& what, const std::string& file);
/** Throws request_error that names the file and what is wrong with it. */
[[nodiscard]] checkpoint load(const std::string& file);

/** Throws request_error unless an exploration under these options can go on from this checkpoint. */
void require_same(const checkpoint& from, const options& with);

}  // namespace heddle::checker::exploration
