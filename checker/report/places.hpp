// Places in the source, as short as a report allows.
#pragma once

#include <string>
#include <vector>

#include <heddle/trace.hpp>

namespace heddle::checker {

/** Shortens the places of one report: ":17" where all are in one file, else "queue.cpp:17", or more to tell files
 * apart. */
class short_places {
 public:
  /** `shown`: all the places that will be asked for. */
  explicit short_places(const std::vector<place>& shown);

  /** Empty where the place is not known. */
  [[nodiscard]] std::string text(const place& of) const;

  /** The one file that all places are in; empty where there are several or none. */
  [[nodiscard]] std::string only_file() const { return files_.size() == 1 ? files_.front() : std::string(); }

 private:
  std::vector<std::string> files_;  // sorted, each one once
};

}  // namespace heddle::checker
