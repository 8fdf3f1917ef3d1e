// Histories of real systems: read from JSON lines, or recorded by other means, and checked against a model by its name.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <heddle/linearizability.hpp>
#include <heddle/result.hpp>

namespace heddle {

/** What is given to an operation or comes back from it: nothing, true or false, a whole number, a text, or a list. */
struct history_value {
  using list = std::vector<history_value>;

  history_value() = default;  ///< nothing: JSON's null
  history_value(std::same_as<bool> auto from) : held(from) {}
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) history_value(Integer from) : held(static_cast<std::int64_t>(from)) {}
  history_value(std::string from) : held(std::move(from)) {}
  history_value(const char* from) : held(std::string(from)) {}
  history_value(list from) : held(std::move(from)) {}

  [[nodiscard]] bool is_nothing() const noexcept { return held.index() == 0; }
  [[nodiscard]] const bool* as_flag() const noexcept { return std::get_if<bool>(&held); }
  [[nodiscard]] const std::int64_t* as_number() const noexcept { return std::get_if<std::int64_t>(&held); }
  [[nodiscard]] const std::string* as_text() const noexcept { return std::get_if<std::string>(&held); }
  [[nodiscard]] const list* as_list() const noexcept { return std::get_if<list>(&held); }

  /** Nothing comes before flags, those before numbers, texts, and lists; lists are compared element by element. */
  friend std::strong_ordering operator<=>(const history_value& x, const history_value& y);
  friend bool operator==(const history_value& x, const history_value& y) { return (x <=> y) == 0; }

  std::variant<std::monostate, bool, std::int64_t, std::string, list> held;
};

/** The value as JSON, with a space behind each comma: `[1, "a", null]`. */
[[nodiscard]] std::string to_text(const history_value& value);

/** An operation of a history. */
struct recorded_operation {
  std::string process;  ///< its name: "0", "worker 3"
  std::string name;     ///< of the operation: "write"
  history_value argument;
  history_value result;  ///< if it returned
  /** By any clock that never shows the same time twice, such as the lines of a file. */
  std::uint64_t called = 0;
  std::uint64_t returned = never_returned;  ///< likewise: nobody knows whether it has happened
};

/** Operations that may have happened; those that are known not to have are left out. */
struct recorded_history {
  /** The file, if the times are its lines: errors then name both. */
  std::string file;
  std::vector<recorded_operation> operations;
};

/**
 * Reads a history, a JSON object on each line: an operation's call, and later its return.
 *
 * @code
 *   {"process": 0, "type": "invoke", "operation": "write", "value": 3}
 *   {"process": 1, "type": "invoke", "operation": "read"}
 *   {"process": 0, "type": "ok", "operation": "write"}
 *   {"process": 1, "type": "ok", "operation": "read", "value": 3}
 * @endcode
 *
 * - `process`: a number or a text.
 * - `type`: "invoke" for the call; then "ok" (it returned), "fail" (it did not happen) or "info" (nobody knows; the
 *   process must not go on under the same name). A call without any of these is as good as one with "info".
 * - `operation`: its name. `f`, as in Jepsen's histories, is the same.
 * - `value`: of the call the argument, of "ok" the result. null or left out where there is none. An operation without
 *   a result may have its argument there again, as Jepsen writes it.
 *
 * Other keys, empty lines, and "info" of a process that has not called anything (Jepsen's nemesis) are skipped.
 * `file` is what the stream is called in errors. Throws request_error, with the file and the line.
 */
[[nodiscard]] recorded_history read_history(std::istream& from, std::string_view file);

/** How to check a history. */
struct history_options {
  std::string model;  ///< one of history_models()
  /** There are many objects: each argument is [key, argument], each result [key, result]. */
  bool keyed = false;
  heddle::consistency consistency = heddle::consistency::linearizable;
};

/** What came of the check of a history. */
struct history_result {
  history_options asked;
  recorded_history history;
  std::size_t processes = 0;
  std::size_t unfinished = 0;  ///< operations that never returned
  /**
   * For linearizability, a history whose operations all have a key, be it of their object or, in a map or a set, of
   * what they do, is split by it, and each part is checked by itself (Herlihy and Wing's locality).
   */
  std::size_t parts = 1;
  std::size_t failing_parts = 0;
  std::optional<history_value> key;  ///< of the part that is explained, where one fails
  std::vector<std::size_t> part;     ///< indices of the operations of that part
  /** Of the failing part whose unexplained operation returned first; by the indices of the whole history. Without an
   * order if all parts hold. */
  explanation found;
  std::uint64_t configurations = 0;  ///< explanation::configurations, summed over all parts
};

/**
 * Checks a history against a model. Throws request_error for an unknown model, an operation that the model does not
 * know, and a value that does not fit the operation; with the file and the line, where there is one.
 */
[[nodiscard]] history_result check_history(recorded_history history, const history_options& how);

/** A model that histories can be checked against. */
struct history_model {
  std::string_view name;
  std::string_view summary;
  std::vector<std::string> operations;  ///< "cas [old, new] -> true or false"
};

/** All models, in the order of the help. */
[[nodiscard]] std::vector<history_model> history_models();

/** The report: the verdict, and if the history does not hold, its table. The same bytes for the same history. */
[[nodiscard]] std::string to_text(const history_result& what, const report_style& style = {});

/** The result as JSON, with two spaces of indent and a newline at the end. */
[[nodiscard]] std::string to_json(const history_result& what);

}  // namespace heddle
