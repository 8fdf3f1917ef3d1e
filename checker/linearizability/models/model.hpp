// Sequential models as tables: a state, and for each operation what it takes, what it does and what it gives.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <heddle/history.hpp>

namespace heddle::checker {

/** What values an argument or a result may have. */
struct shape {
  std::string_view text;  ///< "[key, value]"; "nothing"
  bool (*fits)(const history_value&);
};

/** What it means that "ok" comes without a result, or with the argument again where that cannot be the result. */
enum class silence : std::uint8_t {
  literal,  ///< that the result is null
  unknown,  ///< that the result, if there is any, was not recorded
  yes       ///< that the result is true
};

/** When an operation changes nothing, whatever the state. */
enum class reading : std::uint8_t {
  never,
  always,
  if_refused  ///< if its result is false
};

/** What an operation leads to. */
struct outcome {
  history_value state;
  history_value result;
};

/** A call as a model sees it. */
struct model_call {
  const history_value& argument;
  const std::string& process;  ///< empty unless model_operation::by_process
};

/** An operation of a model. */
struct model_operation {
  std::string_view name;
  shape takes;
  shape gives;
  silence without_result;
  /** What it does; nothing if it cannot happen in that state. */
  std::optional<outcome> (*apply)(const history_value& state, const model_call& call);
  /** The part of the state that it has to do with, if that is all; null where the whole state matters. */
  const history_value& (*key)(const history_value& argument) = nullptr;
  reading reads = reading::never;
  bool by_process = false;  ///< whether it matters which process calls
  bool unordered = false;   ///< whether the result is a list that may be in any order
};

/** A sequential model. */
struct model {
  std::string_view name;
  std::string_view summary;
  history_value (*initial)();
  std::span<const model_operation> operations;
};

/** All models. */
[[nodiscard]] std::span<const model> model_table();

// ---- the operations of each, by files

[[nodiscard]] std::span<const model_operation> register_operations();
[[nodiscard]] std::span<const model_operation> cas_register_operations();
[[nodiscard]] std::span<const model_operation> counter_operations();
[[nodiscard]] std::span<const model_operation> queue_operations();
[[nodiscard]] std::span<const model_operation> stack_operations();
[[nodiscard]] std::span<const model_operation> priority_queue_operations();
[[nodiscard]] std::span<const model_operation> set_operations();
[[nodiscard]] std::span<const model_operation> map_operations();
[[nodiscard]] std::span<const model_operation> lock_operations();
[[nodiscard]] std::span<const model_operation> bank_operations();

}  // namespace heddle::checker
