// A history of an object's operations as reports show it: with names and values as text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <heddle/linearizability.hpp>

namespace heddle {

/** An operation as a report shows it. */
struct shown_operation {
  std::size_t process = 0;  ///< index into shown_history::processes
  std::uint64_t called = 0;
  std::uint64_t returned = never_returned;
  std::string call;    ///< "push(1)"
  std::string result;  ///< "true"; empty where there is none
};

/** A history and what was found in it; the indices of `found` are those of `operations`. */
struct shown_history {
  std::vector<std::string> processes;  ///< names, as the columns are headed
  std::vector<shown_operation> operations;
  explanation found;
  heddle::consistency consistency = heddle::consistency::linearizable;
};

}  // namespace heddle
