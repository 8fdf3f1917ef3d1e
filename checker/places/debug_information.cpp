// The functions at an address are asked from the innermost outwards, and then those that may have left the stack there.
#include "places/debug_information.hpp"

#include <unistd.h>

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "places/compilation_unit.hpp"
#include "places/dwarf.hpp"
#include "places/path_names.hpp"
#include "places/whose_code.hpp"

namespace heddle::checker {
namespace {

// What look_up can say besides a line.
constexpr std::nullopt_t go_on = std::nullopt;
place nothing_known() { return {}; }

// Separate debug information is looked for by build id on this machine, never in the network.
constexpr Dwfl_Callbacks callbacks{.find_elf = dwfl_linux_proc_find_elf,
                                   .find_debuginfo = dwfl_build_id_find_debuginfo,
                                   .section_address = nullptr,
                                   .debuginfo_path = nullptr};

place place_of(const compilation_unit& unit, source_line line) {
  if (line.file == nullptr || line.number <= 0) return nothing_known();
  return {std::string(relative_path(line.file, unit.directory())), static_cast<std::uint32_t>(line.number)};
}

/**
 * The innermost line of the program at `pc`, where the functions in `chain` are. Debug information that has only lines
 * and inlined functions (clang's -g1) does not say whose the outermost one is; its symbol may.
 */
std::optional<place> innermost(const compilation_unit& unit, const std::vector<Dwarf_Die>& chain, Dwarf_Addr pc,
                               std::string_view outermost_symbol) {
  source_line line = unit.line_at(pc);
  for (auto function = chain.rbegin(); function != chain.rend(); ++function) {
    const bool is_outermost = std::next(function) == chain.rend();
    if (is_programs(line.file, *function, is_outermost ? outermost_symbol : "")) return place_of(unit, line);
    line = unit.line_of_call(*function);
  }
  return go_on;
}

// ---- tail calls: a function whose last act is a call may have left the stack by then. Had the function of the
// program that a call names still been there, the search would have ended in it.

struct function_body {
  compilation_unit unit;
  Dwarf_Die function;
};

/** The code of a function of which only the declaration may be known. */
std::optional<function_body> body_of(Dwarf_Die function, Dwfl_Module* module) {
  const char* name = linkage_name(function);
  const void* declaration = declaration_of(function).addr;
  const auto is_body = [&](Dwarf_Die& candidate) {
    Dwarf_Addr entry = 0;
    if (dwarf_entrypc(&candidate, &entry) != 0) return false;
    const char* other = linkage_name(candidate);
    return name == nullptr || other == nullptr ? declaration_of(candidate).addr == declaration
                                               : std::string_view(name) == other;
  };
  for (const Dwarf_Die& each : units_of(module)) {
    const compilation_unit unit(each);
    if (const auto found = unit.find_function(is_body)) return function_body{unit, *found};
  }
  return {};
}

/** The place of the tail call that `function` ends with, or the one called so; unknown if there are several. */
place last_of(Dwarf_Die function, Dwfl_Module* module, int at_most = 4) {
  const std::optional<function_body> body = at_most > 0 ? body_of(function, module) : std::nullopt;
  if (!body) return nothing_known();
  std::optional<place> only;
  for (const call_site& call : call_sites(body->function)) {
    if (!call.is_tail) continue;
    if (!call.callee) return nothing_known();
    const place where =
        is_programs(nullptr, *call.callee)
            ? last_of(*call.callee, module, at_most - 1)
            : innermost(body->unit, body->unit.functions_at(call.at), call.at, {}).value_or(nothing_known());
    if (only && *only != where) return nothing_known();
    only = where;
  }
  return only.value_or(nothing_known());
}

/** The place at `pc`, just before an address to which a call returns. */
std::optional<place> place_of_call(const compilation_unit& unit, const std::vector<Dwarf_Die>& chain, Dwarf_Addr pc,
                                   std::string_view symbol, Dwfl_Module* module) {
  const std::optional<place> result = innermost(unit, chain, pc, symbol);
  for (const call_site& call : call_sites(chain.front())) {
    if (call.is_tail || call.returns_to != pc + 1) continue;
    if (call.callee && is_programs(nullptr, *call.callee)) return last_of(*call.callee, module);
    // By a pointer, a function of the program may have been called that is no longer on the stack.
    if (!call.callee && result) return nothing_known();
  }
  return result;
}

}  // namespace

debug_information::debug_information() : session_(dwfl_begin(&callbacks), dwfl_end) {
  if (session_ == nullptr) return;
  const bool reported = dwfl_linux_proc_report(session_.get(), getpid()) == 0;
  if (dwfl_report_end(session_.get(), nullptr, nullptr) != 0 || !reported) session_.reset();
}

std::optional<place> debug_information::look_up(const void* return_address) const {
  const auto loaded = reinterpret_cast<Dwarf_Addr>(return_address) - 1;  // in the call, where its function may end
  Dwfl_Module* module = session_ == nullptr ? nullptr : dwfl_addrmodule(session_.get(), loaded);
  if (module == nullptr) return nothing_known();
  Dwarf_Addr start = 0;
  Dwarf_Addr end = 0;
  const char* file = dwfl_module_info(module, nullptr, &start, &end, nullptr, nullptr, nullptr, nullptr);
  // What lies between two modules is counted to one of them.
  if (file == nullptr || loaded < start || loaded >= end) return nothing_known();
  if (in_system_library(file)) return go_on;

  const char* name = dwfl_module_addrname(module, loaded);
  const std::string_view symbol = name == nullptr ? "" : name;
  Dwarf_Addr bias = 0;
  if (dwfl_module_getdwarf(module, &bias) != nullptr) {
    const Dwarf_Addr pc = loaded - bias;
    if (const std::optional<compilation_unit> unit = unit_at(module, loaded, bias); unit) {
      const std::vector<Dwarf_Die> chain = unit->functions_at(pc);
      if (!chain.empty()) return place_of_call(*unit, chain, pc, symbol, module);
      // There are at most lines (clang's -g1).
      const source_line line = unit->line_at(pc);
      if (line.file != nullptr && is_surely_programs(line.file)) return place_of(*unit, line);
    }
  }
  if (is_passed_over(symbol)) return go_on;
  return nothing_known();
}

}  // namespace heddle::checker
