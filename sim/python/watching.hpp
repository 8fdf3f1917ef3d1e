// Which variables are watched, and by which names: see shared_variable.hpp.
#pragma once

#include "python/interpreter.hpp"
#include "python/objects.hpp"
#include "python/shared_variable.hpp"

namespace heddle::python {

/** Whether accesses to the parts of an object are events: several threads get at it. */
[[nodiscard]] inline bool is_watched(const thread_state& by, const heap_object& what) noexcept {
  return what.is_shared() && by.process.has_started_threads;
}

/** The same for a global variable. */
[[nodiscard]] inline bool is_watched_global(const thread_state& by, std::uint32_t slot) noexcept {
  if (!by.process.has_started_threads) return false;
  const loaded_program::watch when = by.process.code->watches[slot];
  return when == loaded_program::watch::always ||
         (when == loaded_program::watch::without_lock && by.process.is_free_threaded());
}

/** The variable of a global, an attribute, a cell, an item; made when it is first asked for. */
[[nodiscard]] shared_variable& watched_global(thread_state& by, std::uint32_t slot);
[[nodiscard]] shared_variable& watched_attribute(thread_state& by, value of, attribute_table::entry& which);
[[nodiscard]] shared_variable& watched_cell(thread_state& by, cell_object& which, std::string_view called);
[[nodiscard]] shared_variable& watched_item(thread_state& by, const heap_object& container, value key);
/** A list, dict or set as a whole. */
[[nodiscard]] shared_variable& watched_whole(thread_state& by, const heap_object& what);

}  // namespace heddle::python
