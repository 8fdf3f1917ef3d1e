// Return addresses to source lines, with the functions inlined there, by elfutils' libdw.
#include "source_places.hpp"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace heddle::checker {
namespace {

// ---- paths

/** Resolves `.` and `..` in the text; what of `..` is left at the front is dropped. */
std::string collapsed(std::string_view path) {
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t length = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, length);
    path.remove_prefix(std::min(length + 1, path.size()));
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string result;
  for (const std::string_view part : parts) {
    if (absolute || !result.empty()) result += '/';
    result += part;
  }
  return result;
}

bool below(std::string_view path, std::string_view directory) {
  return !directory.empty() && path.size() > directory.size() && path.starts_with(directory) &&
         path[directory.size()] == '/';
}

bool in_system_header(std::string_view path) {
  return path.find("/include/c++/") != path.npos || path.starts_with("/usr/include/") || path.starts_with("/usr/lib");
}

bool in_system_library(std::string_view path) {
  return path.starts_with("/usr/lib") || path.starts_with("/lib") || path == "[vdso]";
}

/** Whether it is a header of the system's or of Heddle's. */
bool in_foreign_header(std::string_view path) {
  return in_system_header(path) || path.starts_with("include/heddle/") || path.find("/include/heddle/") != path.npos;
}

/** Any program may have directories of these names, so it needs a look at the namespace as well. */
bool in_directory_like_heddles(std::string_view path) {
  const std::string_view directory = path.substr(0, std::min(path.rfind('/'), path.size()));
  const std::string_view name = directory.substr(directory.rfind('/') + 1);
  return name == "sim" || name == "checker";
}

// ---- functions

/** Whether a mangled name is that of something within `scope`, a mangled prefix: "6heddle". */
bool mangled_within(std::string_view name, std::string_view scope) {
  if (!name.starts_with("_Z")) return false;
  name.remove_prefix(std::min(name.find_first_not_of("ZNKVrRO", 2), name.size()));
  return name.starts_with(scope);
}

/** Of a function without debug information: whether it can stand between an operation and the program's code. */
bool is_passed_over(std::string_view symbol) {
  return mangled_within(symbol, "6heddle") || mangled_within(symbol, "St") || mangled_within(symbol, "9__gnu_cxx") ||
         symbol.starts_with("__") || symbol == "backtrace";
}

const char* linkage_name(Dwarf_Die& function) {
  Dwarf_Attribute attribute;
  const char* name = dwarf_formstring(dwarf_attr_integrate(&function, DW_AT_linkage_name, &attribute));
  return name != nullptr ? name
                         : dwarf_formstring(dwarf_attr_integrate(&function, DW_AT_MIPS_linkage_name, &attribute));
}

std::optional<Dwarf_Die> reference(Dwarf_Die& from, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Die result;
  if (dwarf_attr(&from, name, &attribute) == nullptr || dwarf_formref_die(&attribute, &result) == nullptr) return {};
  return result;
}

std::optional<Dwarf_Addr> address(Dwarf_Die& of, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Addr result = 0;
  if (dwarf_attr(&of, name, &attribute) == nullptr || dwarf_formaddr(&attribute, &result) != 0) return {};
  return result;
}

/** The declaration that an inlined, out-of-line or called function refers to in the end. */
Dwarf_Die declaration(Dwarf_Die function) {
  for (int hops = 0; hops < 8; ++hops) {
    std::optional<Dwarf_Die> next = reference(function, DW_AT_abstract_origin);
    if (!next) next = reference(function, DW_AT_specification);
    if (!next) break;
    function = *next;
  }
  return function;
}

bool in_namespace_heddle(Dwarf_Die& function) {
  if (const char* name = linkage_name(function); name != nullptr) return mangled_within(name, "6heddle");
  Dwarf_Die declared = declaration(function);
  Dwarf_Die* scopes = nullptr;
  const int count = dwarf_getscopes_die(&declared, &scopes);
  const std::unique_ptr<Dwarf_Die, void (*)(void*)> owner(scopes, std::free);
  return std::any_of(scopes, scopes + std::max(count, 0), [](Dwarf_Die& scope) {
    const char* name = dwarf_diename(&scope);
    return dwarf_tag(&scope) == DW_TAG_namespace && name != nullptr && std::string_view(name) == "heddle";
  });
}

/** Like dwarf_decl_file, which ends the process where a unit lacks its table of files. */
const char* file_declaring(Dwarf_Die& function) {
  Dwarf_Attribute attribute;
  Dwarf_Word index = 0;
  if (dwarf_formudata(dwarf_attr_integrate(&function, DW_AT_decl_file, &attribute), &index) != 0) return nullptr;
  Dwarf_Die unit;
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  if (dwarf_cu_die(attribute.cu, &unit, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr) == nullptr ||
      dwarf_getsrcfiles(&unit, &files, &count) != 0 || index >= count) {
    return nullptr;
  }
  return dwarf_filesrc(files, index, nullptr, nullptr);
}

/** Whether code in this file belongs to the program under test. */
bool is_programs(const char* file, Dwarf_Die& function) {
  if (file == nullptr) file = file_declaring(function);
  if (file == nullptr) return false;
  const std::string path = collapsed(file);
  if (in_foreign_header(path)) return false;
  return !in_directory_like_heddles(path) || !in_namespace_heddle(function);
}

/** Calls `visit` with the children of `parent` until it returns true. */
template <class Visit>
bool any_child(Dwarf_Die& parent, Visit visit) {
  Dwarf_Die child;
  for (int status = dwarf_child(&parent, &child); status == 0; status = dwarf_siblingof(&child, &child)) {
    if (visit(child)) return true;
  }
  return false;
}

/** Appends the functions inlined at `pc`, from the outermost inwards. */
bool find_inlined(Dwarf_Die& parent, Dwarf_Addr pc, std::vector<Dwarf_Die>& chain) {
  return any_child(parent, [&](Dwarf_Die& child) {
    const int tag = dwarf_tag(&child);
    if (tag == DW_TAG_inlined_subroutine && dwarf_haspc(&child, pc) > 0) {
      chain.push_back(child);
      find_inlined(child, pc, chain);
      return true;
    }
    return tag == DW_TAG_lexical_block && find_inlined(child, pc, chain);
  });
}

/** Calls `visit` with the calls that `parent` makes, those of functions inlined there included, until it returns true.
 */
template <class Visit>
bool any_call(Dwarf_Die& parent, const Visit& visit) {
  return any_child(parent, [&](Dwarf_Die& child) {
    switch (dwarf_tag(&child)) {
      case DW_TAG_call_site:
      case DW_TAG_GNU_call_site: return visit(child);
      case DW_TAG_lexical_block:
      case DW_TAG_inlined_subroutine: return any_call(child, visit);
      default: return false;
    }
  });
}

std::optional<Dwarf_Addr> return_address(Dwarf_Die& call) {
  return address(call, dwarf_tag(&call) == DW_TAG_call_site ? DW_AT_call_return_pc : DW_AT_low_pc);
}

unsigned callee_attribute(Dwarf_Die& call) {
  return dwarf_tag(&call) == DW_TAG_call_site ? DW_AT_call_origin : DW_AT_abstract_origin;
}

std::optional<Dwarf_Die> called_by(Dwarf_Die& call) { return reference(call, callee_attribute(call)); }

bool has_callee(Dwarf_Die& call) { return dwarf_hasattr(&call, callee_attribute(call)) != 0; }

bool is_tail_call(Dwarf_Die& call) {
  return dwarf_hasattr(&call, DW_AT_call_tail_call) != 0 || dwarf_hasattr(&call, DW_AT_GNU_tail_call) != 0;
}

}  // namespace

/** The debug information of this process. */
class debug_information {
 public:
  explicit debug_information(std::string directory) : directory_(std::move(directory)) {
    if (session_ == nullptr) return;
    const bool reported = dwfl_linux_proc_report(session_.get(), getpid()) == 0;
    usable_ = dwfl_report_end(session_.get(), nullptr, nullptr) == 0 && reported;
  }

  /** What the return address `at` says. */
  address_place look_up(const void* at) {
    const auto pc = reinterpret_cast<Dwarf_Addr>(at) - 1;  // within the call, which may be the last of its function
    Dwfl_Module* module = usable_ ? dwfl_addrmodule(session_.get(), pc) : nullptr;
    if (module == nullptr) return nothing_known;
    Dwarf_Addr start = 0;
    Dwarf_Addr end = 0;
    const char* file = dwfl_module_info(module, nullptr, &start, &end, nullptr, nullptr, nullptr, nullptr);
    // What lies between two modules is counted to one of them.
    if (file == nullptr || pc < start || pc >= end) return nothing_known;
    if (in_system_library(file)) return go_on;

    Dwarf_Addr bias = 0;
    const std::optional<unit> in = unit_of(module, pc, bias);
    std::vector<Dwarf_Die> chain;
    if (in) chain = functions_at(*in, pc - bias);
    const char* symbol = dwfl_module_addrname(module, pc);
    const std::string_view name = symbol == nullptr ? "" : symbol;
    if (chain.empty()) return without_functions(in, name, pc - bias);
    std::optional<Dwarf_Die> call = call_returning_to(chain.front(), pc + 1 - bias);
    if (call) {
      std::optional<Dwarf_Die> callee = called_by(*call);
      if (callee && is_programs(nullptr, *callee)) return last_of(*callee, module, 0);
    }
    const address_place result = innermost(*in, chain, pc - bias);
    // Debug information that has only lines and inlined functions (clang's -g1) does not say whose the outermost one
    // is.
    const bool heddles =
        chain.size() == 1 && mangled_within(name, "6heddle") && in_directory_like_heddles(result.where.file);
    if (heddles) return go_on;
    // By a pointer, a function of the program may have been called that is no longer on the stack.
    return result.found && call && !has_callee(*call) ? nothing_known : result;
  }

 private:
  static inline const address_place go_on{};
  static inline const address_place nothing_known{.found = true, .where = {}};

  struct unit {
    Dwarf_Die die;          // has the lines
    Dwarf_Die functions;    // the same, or with -gsplit-dwarf the unit in the other file
    std::string directory;  // where the compiler ran, if it was given the file relative to that
  };

  static unit make_unit(Dwarf_Die die) {
    Dwarf_Die split{};
    std::uint8_t type = 0;
    const bool known = dwarf_cu_info(die.cu, nullptr, &type, nullptr, &split, nullptr, nullptr, nullptr) == 0;
    Dwarf_Die functions = known && type == DW_UT_skeleton && split.addr != nullptr ? split : die;
    Dwarf_Attribute attribute;
    const char* name = dwarf_diename(&functions);
    const char* directory = dwarf_formstring(dwarf_attr_integrate(&die, DW_AT_comp_dir, &attribute));
    const bool relative = name != nullptr && directory != nullptr && *name != '/';
    return {die, functions, relative ? directory : ""};
  }

  /** By the table of address ranges, which clang does not write, or else by asking every unit. */
  static std::optional<unit> unit_of(Dwfl_Module* module, Dwarf_Addr pc, Dwarf_Addr& bias) {
    if (Dwarf_Die* die = dwfl_module_addrdie(module, pc, &bias); die != nullptr) return make_unit(*die);
    for (Dwarf_Die* die = nullptr; (die = dwfl_module_nextcu(module, die, &bias)) != nullptr;) {
      if (dwarf_haspc(die, pc - bias) > 0) return make_unit(*die);
    }
    return {};
  }

  /** The function at `pc` and those inlined there, from the outermost inwards; empty if there is none. */
  static std::vector<Dwarf_Die> functions_at(unit in, Dwarf_Addr pc) {
    struct search {
      Dwarf_Addr pc;
      std::vector<Dwarf_Die> chain;
    } wanted{pc, {}};
    const auto check = [](Dwarf_Die* function, void* data) -> int {
      auto& look = *static_cast<search*>(data);
      if (dwarf_haspc(function, look.pc) <= 0) return DWARF_CB_OK;
      look.chain.push_back(*function);
      return DWARF_CB_ABORT;
    };
    dwarf_getfuncs(&in.functions, check, &wanted, 0);
    if (!wanted.chain.empty()) {
      Dwarf_Die outermost = wanted.chain.front();
      find_inlined(outermost, pc, wanted.chain);
    }
    return wanted.chain;
  }

  struct source_line {
    const char* file = nullptr;
    int number = 0;
  };

  static source_line line_at(unit in, Dwarf_Addr pc) {
    source_line result;
    Dwarf_Line* row = dwarf_getsrc_die(&in.die, pc);
    if (row == nullptr) return result;
    dwarf_lineno(row, &result.number);
    result.file = dwarf_linesrc(row, nullptr, nullptr);
    return result;
  }

  /** Where there are at most lines (clang's -g1), and otherwise just a symbol. */
  [[nodiscard]] address_place without_functions(const std::optional<unit>& in, std::string_view symbol,
                                                Dwarf_Addr pc) const {
    const source_line line = in ? line_at(*in, pc) : source_line{};
    if (line.file != nullptr) {
      const std::string path = collapsed(line.file);
      if (!in_foreign_header(path) && !in_directory_like_heddles(path)) return at(*in, line);
    }
    return is_passed_over(symbol) ? go_on : nothing_known;
  }

  /** The innermost line of the program at `pc`. */
  [[nodiscard]] address_place innermost(const unit& in, std::vector<Dwarf_Die>& chain, Dwarf_Addr pc) const {
    source_line line = line_at(in, pc);
    for (auto function = chain.rbegin(); function != chain.rend(); ++function) {
      if (is_programs(line.file, *function)) return at(in, line);
      line = line_of_call(in, *function);
    }
    return go_on;
  }

  [[nodiscard]] address_place at(const unit& in, source_line line) const {
    if (line.file == nullptr || line.number <= 0) return nothing_known;
    std::string_view path = line.file;
    if (!in.directory.empty() && below(path, in.directory)) path.remove_prefix(in.directory.size() + 1);
    return {.found = true, .where = {tidy_path(path, directory_), static_cast<std::uint32_t>(line.number)}};
  }

  static Dwarf_Word number(Dwarf_Die& of, unsigned name) {
    Dwarf_Attribute attribute;
    Dwarf_Word result = 0;
    return dwarf_formudata(dwarf_attr(&of, name, &attribute), &result) == 0 ? result : 0;
  }

  static source_line line_of_call(unit in, Dwarf_Die& inlined) {
    source_line result{nullptr, static_cast<int>(number(inlined, DW_AT_call_line))};
    Dwarf_Files* files = nullptr;
    std::size_t count = 0;
    const Dwarf_Word index = number(inlined, DW_AT_call_file);
    if (dwarf_getsrcfiles(&in.die, &files, &count) == 0 && index < count) {
      result.file = dwarf_filesrc(files, index, nullptr, nullptr);
    }
    return result;
  }

  // ---- tail calls: a function whose last act is a call may have left the stack by then. Had the function of the
  // program that a call names still been there, the search would have ended in it.

  static std::optional<Dwarf_Die> call_returning_to(Dwarf_Die& caller, Dwarf_Addr to) {
    std::optional<Dwarf_Die> result;
    any_call(caller, [&](Dwarf_Die& call) {
      if (is_tail_call(call) || return_address(call) != to) return false;
      result = call;
      return true;
    });
    return result;
  }

  using function_body = std::pair<unit, Dwarf_Die>;

  /** The place of the tail call that `function` ends with, if it is known to be that one. */
  address_place last_of(Dwarf_Die& function, Dwfl_Module* module, int depth) const {
    if (depth == 4) return nothing_known;
    Dwarf_Addr bias = 0;
    std::optional<function_body> body = body_of(function, module, bias);
    if (!body) return nothing_known;
    std::optional<place> only;
    const bool several = any_call(body->second, [&](Dwarf_Die& call) {
      if (!is_tail_call(call)) return false;
      const place where = place_of_tail_call(call, *body, module, depth);
      if (!only) only = where;
      return *only != where;
    });
    return several || !only ? nothing_known : address_place{.found = true, .where = *only};
  }

  [[nodiscard]] place place_of_tail_call(Dwarf_Die& call, const function_body& in, Dwfl_Module* module,
                                         int depth) const {
    if (!has_callee(call)) return {};
    std::optional<Dwarf_Die> callee = called_by(call);
    if (callee && is_programs(nullptr, *callee)) return last_of(*callee, module, depth + 1).where;
    std::optional<Dwarf_Addr> pc = address(call, DW_AT_call_pc);
    if (!pc) pc = return_address(call).value_or(1) - 1;
    std::vector<Dwarf_Die> chain = functions_at(in.first, *pc);
    return innermost(in.first, chain, *pc).where;
  }

  /** The code of a function of which only the declaration may be known. */
  static std::optional<function_body> body_of(Dwarf_Die& function, Dwfl_Module* module, Dwarf_Addr& bias) {
    struct search {
      const void* declared;
      const char* name;
      std::optional<Dwarf_Die> body;
    } wanted{declaration(function).addr, linkage_name(function), {}};
    const auto check = [](Dwarf_Die* candidate, void* data) -> int {
      auto& look = *static_cast<search*>(data);
      Dwarf_Addr entry = 0;
      if (dwarf_entrypc(candidate, &entry) != 0) return DWARF_CB_OK;
      const char* name = linkage_name(*candidate);
      const bool same = look.name == nullptr || name == nullptr ? declaration(*candidate).addr == look.declared
                                                                : std::string_view(name) == look.name;
      if (!same) return DWARF_CB_OK;
      look.body = *candidate;
      return DWARF_CB_ABORT;
    };
    for (Dwarf_Die* die = nullptr; (die = dwfl_module_nextcu(module, die, &bias)) != nullptr;) {
      unit in = make_unit(*die);
      dwarf_getfuncs(&in.functions, check, &wanted, 0);
      if (wanted.body) return std::pair(in, *wanted.body);
    }
    return {};
  }

  // Separate debug information is looked for by build id on this machine, never in the network.
  Dwfl_Callbacks callbacks_{.find_elf = dwfl_linux_proc_find_elf,
                            .find_debuginfo = dwfl_build_id_find_debuginfo,
                            .section_address = nullptr,
                            .debuginfo_path = nullptr};
  std::unique_ptr<Dwfl, void (*)(Dwfl*)> session_{dwfl_begin(&callbacks_), dwfl_end};
  std::string directory_;
  bool usable_ = false;
};

std::string tidy_path(std::string_view path, std::string_view directory) {
  std::string result = collapsed(path);
  if (below(result, directory)) result.erase(0, directory.size() + 1);
  return result;
}

source_places::source_places() {
  std::error_code ignored;  // without a current directory every path stays as it is
  directory_ = std::filesystem::current_path(ignored).string();
}

source_places::~source_places() = default;

place source_places::find(const source_location& where, std::span<void* const> callers) {
  if (where.file != nullptr && where.line != 0 &&
      std::string_view(where.file).find("/include/c++/") == std::string_view::npos) {
    return {tidy_path(where.file, directory_), where.line};
  }
  for (const void* const at : callers) {
    const auto known = known_.find(at);
    if (known == known_.end()) return look_up(callers);
    if (known->second.found) return known->second.where;
  }
  return {};
}

// The caller may run on the small stack of a green thread, where libdw does not fit.
place source_places::look_up(std::span<void* const> callers) {
  place result;
  std::thread([&] {
    if (debug_ == nullptr) debug_ = std::make_unique<debug_information>(directory_);
    for (const void* const at : callers) {
      const auto [known, added] = known_.try_emplace(at);
      if (added) known->second = debug_->look_up(at);
      if (!known->second.found) continue;
      result = known->second.where;
      break;
    }
  }).join();
  return result;
}

}  // namespace heddle::checker
