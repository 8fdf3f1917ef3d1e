// By the names of files, namespaces and functions.
#include "places/whose_code.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>

#include "places/dwarf.hpp"
#include "places/path_names.hpp"

namespace heddle::checker {
namespace {

/** Whether a mangled name is that of something within `scope`, a mangled prefix. */
bool mangled_within(std::string_view name, std::string_view scope) {
  if (!name.starts_with("_Z")) return false;
  name.remove_prefix(std::min(name.find_first_not_of("ZNKVrRO", 2), name.size()));
  return name.starts_with(scope);
}

bool is_heddles(std::string_view symbol) { return mangled_within(symbol, "6heddle"); }

bool in_namespace_heddle(Dwarf_Die function) {
  if (const char* name = linkage_name(function); name != nullptr) return is_heddles(name);
  Dwarf_Die declaration = declaration_of(function);
  Dwarf_Die* scopes = nullptr;
  const int count = dwarf_getscopes_die(&declaration, &scopes);
  const std::unique_ptr<Dwarf_Die, void (*)(void*)> owner(scopes, std::free);
  return std::any_of(scopes, scopes + std::max(count, 0), [](Dwarf_Die& scope) {
    const char* name = dwarf_diename(&scope);
    return dwarf_tag(&scope) == DW_TAG_namespace && name != nullptr && std::string_view(name) == "heddle";
  });
}

}  // namespace

bool is_programs(const char* file, Dwarf_Die function, std::string_view symbol) {
  if (file == nullptr) file = declaring_file(function);
  if (file == nullptr) return false;
  const std::string path = tidy_path(file, {});
  if (in_foreign_header(path)) return false;
  return !in_directory_like_heddles(path) || !(is_heddles(symbol) || in_namespace_heddle(function));
}

bool is_surely_programs(const char* file) {
  const std::string path = tidy_path(file, {});
  return !in_foreign_header(path) && !in_directory_like_heddles(path);
}

bool is_passed_over(std::string_view symbol) {
  return is_heddles(symbol) || mangled_within(symbol, "St") || mangled_within(symbol, "9__gnu_cxx") ||
         symbol.starts_with("__") || symbol == "backtrace";
}

}  // namespace heddle::checker
