// Units by libdwfl and their lines by libdw.
#include "places/compilation_unit.hpp"

#include <cstdint>

#include "places/dwarf.hpp"

namespace heddle::checker {
namespace {

/** The unit with the functions: with -gsplit-dwarf `entry` has but the lines, and names another file. */
Dwarf_Die with_functions(Dwarf_Die entry) {
  Dwarf_Die split{};
  std::uint8_t type = 0;
  const bool known = dwarf_cu_info(entry.cu, nullptr, &type, nullptr, &split, nullptr, nullptr, nullptr) == 0;
  return known && type == DW_UT_skeleton && split.addr != nullptr ? split : entry;
}

}  // namespace

compilation_unit::compilation_unit(Dwarf_Die entry) : lines_(entry), functions_(with_functions(entry)) {
  Dwarf_Attribute value;
  const char* name = dwarf_diename(&functions_);
  const char* directory = dwarf_formstring(dwarf_attr_integrate(&lines_, DW_AT_comp_dir, &value));
  if (name != nullptr && directory != nullptr && *name != '/') directory_ = directory;
}

std::optional<Dwarf_Die> compilation_unit::find_function(const std::function<bool(Dwarf_Die&)>& wanted) const {
  struct search {
    const std::function<bool(Dwarf_Die&)>& wanted;
    std::optional<Dwarf_Die> found;
  } look{wanted, {}};
  const auto check = [](Dwarf_Die* function, void* data) -> int {
    auto& search_for = *static_cast<search*>(data);
    if (!search_for.wanted(*function)) return DWARF_CB_OK;
    search_for.found = *function;
    return DWARF_CB_ABORT;
  };
  Dwarf_Die unit = functions_;
  dwarf_getfuncs(&unit, check, &look, 0);
  return look.found;
}

std::vector<Dwarf_Die> compilation_unit::functions_at(Dwarf_Addr pc) const {
  const auto outermost = find_function([pc](Dwarf_Die& function) { return dwarf_haspc(&function, pc) > 0; });
  return outermost ? with_inlined(*outermost, pc) : std::vector<Dwarf_Die>();
}

source_line compilation_unit::line_at(Dwarf_Addr pc) const {
  source_line result;
  Dwarf_Die unit = lines_;
  Dwarf_Line* row = dwarf_getsrc_die(&unit, pc);
  if (row == nullptr) return result;
  dwarf_lineno(row, &result.number);
  result.file = dwarf_linesrc(row, nullptr, nullptr);
  return result;
}

source_line compilation_unit::line_of_call(Dwarf_Die inlined) const {
  return {file_name(lines_, number_of(inlined, DW_AT_call_file)),
          static_cast<int>(number_of(inlined, DW_AT_call_line))};
}

std::vector<Dwarf_Die> units_of(Dwfl_Module* module) {
  std::vector<Dwarf_Die> result;
  Dwarf_Addr bias = 0;
  for (Dwarf_Die* unit = nullptr; (unit = dwfl_module_nextcu(module, unit, &bias)) != nullptr;) {
    result.push_back(*unit);
  }
  return result;
}

// By the table of address ranges, or else by asking every unit: clang does not write the table, and libdwfl counts what
// lies between two of its ranges to the first.
std::optional<compilation_unit> unit_at(Dwfl_Module* module, Dwarf_Addr pc, Dwarf_Addr bias) {
  const auto is_right = [&](Dwarf_Die& unit) { return dwarf_haspc(&unit, pc - bias) > 0; };
  Dwarf_Addr same_bias = 0;
  Dwarf_Die* tabled = dwfl_module_addrdie(module, pc, &same_bias);
  if (tabled != nullptr && is_right(*tabled)) return compilation_unit(*tabled);
  for (Dwarf_Die& unit : units_of(module)) {
    if (is_right(unit)) return compilation_unit(unit);
  }
  return {};
}

}  // namespace heddle::checker
