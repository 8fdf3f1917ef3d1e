// From a return address to a line of the program, by elfutils' libdwfl; its types stay out of this header.
#pragma once

#include <memory>
#include <optional>

#include <heddle/trace.hpp>

struct Dwfl;

namespace heddle::checker {

/** The debug information of this process. Needs far more stack than a green thread has. */
class debug_information {
 public:
  /** Finds out what is loaded; what is loaded later stays unknown. */
  debug_information();

  /**
   * What a return address says. Nothing, if neither its function nor one that was inlined there belongs to the program,
   * so that the next address outwards has to be asked; an unknown place, if one of the program's may be called there of
   * which the line is not known. The paths are the compiler's, relative where it was given them so.
   */
  [[nodiscard]] std::optional<place> look_up(const void* return_address) const;

 private:
  std::unique_ptr<Dwfl, void (*)(Dwfl*)> session_;  // none, if it did not work
};

}  // namespace heddle::checker
