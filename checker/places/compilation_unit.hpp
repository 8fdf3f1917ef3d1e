// What debug information knows of one source file and what that includes: its functions and its lines.
#pragma once

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace heddle::checker {

/** A line as the compiler wrote it down. */
struct source_line {
  const char* file = nullptr;
  int number = 0;
};

/** Addresses are those in the file, not those where it was loaded. */
class compilation_unit {
 public:
  explicit compilation_unit(Dwarf_Die entry);

  /** The first function that is `wanted`. */
  [[nodiscard]] std::optional<Dwarf_Die> find_function(const std::function<bool(Dwarf_Die&)>& wanted) const;

  /** The function at `pc` and those inlined there, from the outermost inwards; empty if there is none. */
  [[nodiscard]] std::vector<Dwarf_Die> functions_at(Dwarf_Addr pc) const;

  /** The line of the machine code at `pc`. */
  [[nodiscard]] source_line line_at(Dwarf_Addr pc) const;

  /** The line from which a function that was inlined is called. */
  [[nodiscard]] source_line line_of_call(Dwarf_Die inlined) const;

  /** Where the compiler ran, if it was given the file relative to that; else empty. */
  [[nodiscard]] const std::string& directory() const noexcept { return directory_; }

 private:
  Dwarf_Die lines_;
  Dwarf_Die functions_;  // the same, or with -gsplit-dwarf the unit in the other file
  std::string directory_;
};

/** All units of a module. */
[[nodiscard]] std::vector<Dwarf_Die> units_of(Dwfl_Module* module);

/** The unit with the machine code at `pc`, an address of where the module was loaded `bias` further on. */
[[nodiscard]] std::optional<compilation_unit> unit_at(Dwfl_Module* module, Dwarf_Addr pc, Dwarf_Addr bias);

}  // namespace heddle::checker
