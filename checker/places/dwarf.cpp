// Attributes and children of debugging information entries. Knows the calls of DWARF 5 and, before that, GNU's.
#include "places/dwarf.hpp"

#include <cstddef>

namespace heddle::checker {
namespace {

Dwarf_Addr address_of(Dwarf_Die entry, unsigned attribute) {
  Dwarf_Attribute value;
  Dwarf_Addr result = 0;
  return dwarf_formaddr(dwarf_attr(&entry, attribute, &value), &result) == 0 ? result : 0;
}

std::optional<Dwarf_Die> reference_of(Dwarf_Die entry, unsigned attribute) {
  Dwarf_Attribute value;
  Dwarf_Die result;
  if (dwarf_formref_die(dwarf_attr(&entry, attribute, &value), &result) == nullptr) return {};
  return result;
}

std::vector<Dwarf_Die> children_of(Dwarf_Die parent) {
  std::vector<Dwarf_Die> result;
  Dwarf_Die child;
  for (int status = dwarf_child(&parent, &child); status == 0; status = dwarf_siblingof(&child, &child)) {
    result.push_back(child);
  }
  return result;
}

void append_inlined(Dwarf_Die parent, Dwarf_Addr pc, std::vector<Dwarf_Die>& chain) {
  for (Dwarf_Die& child : children_of(parent)) {
    const int tag = dwarf_tag(&child);
    const bool inlined_here = tag == DW_TAG_inlined_subroutine && dwarf_haspc(&child, pc) > 0;
    if (inlined_here) chain.push_back(child);
    if (inlined_here || tag == DW_TAG_lexical_block) append_inlined(child, pc, chain);
  }
}

call_site make_call_site(Dwarf_Die entry, bool gnu) {
  call_site result;
  result.returns_to = address_of(entry, gnu ? DW_AT_low_pc : DW_AT_call_return_pc);
  result.at = address_of(entry, DW_AT_call_pc);
  if (result.at == 0 && result.returns_to != 0) result.at = result.returns_to - 1;
  result.is_tail = dwarf_hasattr(&entry, gnu ? DW_AT_GNU_tail_call : DW_AT_call_tail_call) != 0;
  result.callee = reference_of(entry, gnu ? DW_AT_abstract_origin : DW_AT_call_origin);
  return result;
}

void append_calls(Dwarf_Die parent, std::vector<call_site>& calls) {
  for (Dwarf_Die& child : children_of(parent)) {
    switch (const int tag = dwarf_tag(&child); tag) {
      case DW_TAG_call_site:
      case DW_TAG_GNU_call_site: calls.push_back(make_call_site(child, tag == DW_TAG_GNU_call_site)); break;
      case DW_TAG_lexical_block:
      case DW_TAG_inlined_subroutine: append_calls(child, calls); break;
      default: break;
    }
  }
}

}  // namespace

Dwarf_Word number_of(Dwarf_Die entry, unsigned attribute) {
  Dwarf_Attribute value;
  Dwarf_Word result = 0;
  return dwarf_formudata(dwarf_attr(&entry, attribute, &value), &result) == 0 ? result : 0;
}

const char* linkage_name(Dwarf_Die function) {
  Dwarf_Attribute value;
  const char* name = dwarf_formstring(dwarf_attr_integrate(&function, DW_AT_linkage_name, &value));
  return name != nullptr ? name : dwarf_formstring(dwarf_attr_integrate(&function, DW_AT_MIPS_linkage_name, &value));
}

Dwarf_Die declaration_of(Dwarf_Die function) {
  for (int hops = 0; hops < 8; ++hops) {  // damaged information may go round in circles
    std::optional<Dwarf_Die> next = reference_of(function, DW_AT_abstract_origin);
    if (!next) next = reference_of(function, DW_AT_specification);
    if (!next) break;
    function = *next;
  }
  return function;
}

// Not by dwarf_decl_file, which ends the process where a unit lacks its table of files.
const char* declaring_file(Dwarf_Die function) {
  Dwarf_Attribute value;
  Dwarf_Word index = 0;
  if (dwarf_formudata(dwarf_attr_integrate(&function, DW_AT_decl_file, &value), &index) != 0) return nullptr;
  Dwarf_Die unit;
  const bool known = dwarf_cu_die(value.cu, &unit, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr) != nullptr;
  return known ? file_name(unit, index) : nullptr;
}

const char* file_name(Dwarf_Die unit, Dwarf_Word index) {
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  if (dwarf_getsrcfiles(&unit, &files, &count) != 0 || index >= count) return nullptr;
  return dwarf_filesrc(files, index, nullptr, nullptr);
}

std::vector<Dwarf_Die> with_inlined(Dwarf_Die function, Dwarf_Addr pc) {
  std::vector<Dwarf_Die> chain{function};
  append_inlined(function, pc, chain);
  return chain;
}

std::vector<call_site> call_sites(Dwarf_Die function) {
  std::vector<call_site> result;
  append_calls(function, result);
  return result;
}

}  // namespace heddle::checker
