// heddle::recursive_mutex, with the semantics of std::recursive_mutex.
#pragma once

#include <string_view>

#include <heddle/mutex.hpp>

namespace heddle {

/** A mutex that its holder may lock again ([thread.mutex.recursive]); it is free after as many unlocks. */
class recursive_mutex {
 public:
  recursive_mutex(source_location where = source_location::current())  // NOLINT: as in std
      : recursive_mutex({}, where) {}
  /** `name` is what reports call it. */
  explicit recursive_mutex(std::string_view name, source_location where = source_location::current())
      : state_(sim::object_kind::recursive_mutex, name, where) {}

  void lock(source_location where = source_location::current()) { state_.here().lock(where); }
  [[nodiscard]] bool try_lock(source_location where = source_location::current()) {
    return state_.here().try_lock(where);
  }
  void unlock(source_location where = source_location::current()) { state_.here().unlock(where); }

 private:
  sim::per_process<sim::mutex_state> state_;
};

}  // namespace heddle
