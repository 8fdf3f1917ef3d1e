// Debugging information entries, read by elfutils' libdw: what it has no call for, and safer forms of what it has.
#pragma once

#include <dwarf.h>
#include <elfutils/libdw.h>

#include <optional>
#include <vector>

namespace heddle::checker {

/** A number that an entry gives directly, not by what it refers to; 0 where it gives none. */
[[nodiscard]] Dwarf_Word number_of(Dwarf_Die entry, unsigned attribute);

/** The name by which the linker knows a function; null where that is unknown. */
[[nodiscard]] const char* linkage_name(Dwarf_Die function);

/** The declaration that an inlined, out-of-line or called function refers to in the end. */
[[nodiscard]] Dwarf_Die declaration_of(Dwarf_Die function);

/** The file that declares a function; null where that is unknown. */
[[nodiscard]] const char* declaring_file(Dwarf_Die function);

/** A name in a unit's table of files; null where there is none. */
[[nodiscard]] const char* file_name(Dwarf_Die unit, Dwarf_Word index);

/** The functions inlined at `pc` into `function`, from the outermost inwards, behind the function itself. */
[[nodiscard]] std::vector<Dwarf_Die> with_inlined(Dwarf_Die function, Dwarf_Addr pc);

/** A call in the machine code of a function. */
struct call_site {
  Dwarf_Addr at = 0;                ///< within the call
  Dwarf_Addr returns_to = 0;        ///< 0 where that is unknown
  bool is_tail = false;             ///< the function's last act, for which it leaves the stack
  std::optional<Dwarf_Die> callee;  ///< not known for a call by pointer
};

/** The calls that a function makes, those of functions inlined there included. */
[[nodiscard]] std::vector<call_site> call_sites(Dwarf_Die function);

}  // namespace heddle::checker
