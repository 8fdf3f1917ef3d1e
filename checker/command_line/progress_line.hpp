// The line that shows how far a search is.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

#include <heddle/options.hpp>

namespace heddle::checker {

/** What the line tells. */
struct progress_view {
  const heddle::progress& counted;
  std::optional<std::uint64_t> of;    ///< how many executions there will be at most
  const std::atomic<bool>& stopping;  ///< the user wants the search to end
};

/** The line's text after so long. */
[[nodiscard]] std::string progress_text(const progress_view& view, std::chrono::duration<double> elapsed);

/** While it lives, redraws the line on standard error, if that is a terminal; erases it at the end. */
class progress_line {
 public:
  explicit progress_line(const progress_view& view);

 private:
  std::jthread thread_;  // its destructor asks the thread to stop, and joins it
};

}  // namespace heddle::checker
