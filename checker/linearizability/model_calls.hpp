// Recorded operations as calls of a model: looked up in its table, with arguments and results that fit.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <heddle/history.hpp>
#include <heddle/state_space.hpp>

#include "linearizability/models/model.hpp"

namespace heddle::checker {

/** An operation of a history as its model sees it. What the model does not ask for is left empty. */
struct labelled_call {
  std::size_t operation = 0;  ///< index into model::operations
  history_value key;          ///< of the object, in a keyed history that is checked as a whole
  history_value argument;
  std::optional<history_value> result;  ///< none: it may be any
  std::string process;

  friend std::strong_ordering operator<=>(const labelled_call&, const labelled_call&) = default;
  friend bool operator==(const labelled_call&, const labelled_call&) = default;
};

/** The model of this name; throws request_error that names all. */
[[nodiscard]] const model& find_model(std::string_view name);

/** A call, and the key of the part of the history that it belongs to; none where it has to do with all parts. */
struct model_use {
  labelled_call call;
  std::optional<history_value> key;
};

/** What an operation of the history is in the model; throws request_error, with its place in the history. */
[[nodiscard]] model_use use_of(const model& of, const recorded_history& history, std::size_t operation, bool keyed);

/** Whether a call changes nothing, whatever the state. */
[[nodiscard]] bool only_reads(const model& of, const labelled_call& call);

using call_space = state_space<history_value, labelled_call>;

/** The steps of a model; or of many objects of it, by labelled_call::key. */
[[nodiscard]] call_space::step_function steps_of(const model& of, bool many);

}  // namespace heddle::checker
