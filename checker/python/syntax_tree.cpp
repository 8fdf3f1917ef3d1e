#include "syntax_tree.hpp"

#include <nlohmann/json.hpp>

namespace heddle::checker::python {
namespace {

using json = nlohmann::json;

// The parser stops well before; what is deeper was not written by it.
constexpr int most_levels = 1000;

syntax_node read_node(const json& from, int level);

std::uint32_t read_number(const json& from) {
  if (!from.is_number_unsigned() || from.get<std::uint64_t>() > UINT32_MAX) throw malformed_tree("a bad number");
  return from.get<std::uint32_t>();
}

node_field read_field(const std::string& name, const json& from, int level) {
  node_field made{.name = name, .text = {}, .nodes = {}};
  if (from.is_string()) {
    made.text = from.get<std::string>();
  } else if (from.is_array()) {
    made.holds = node_field::content::list;
    for (const json& each : from) made.nodes.push_back(read_node(each, level));
  } else {
    made.holds = node_field::content::node;
    made.nodes.push_back(read_node(from, level));
  }
  return made;
}

syntax_node read_node(const json& from, int level) {
  if (level > most_levels) throw malformed_tree("too deep");
  syntax_node made;
  if (from.is_null()) return made;
  if (!from.is_object()) throw malformed_tree("not a node");
  for (const auto& [name, value] : from.items()) {
    if (name == "_" && value.is_string()) {
      made.type = value.get<std::string>();
    } else if (name == "l") {
      made.line = read_number(value);
    } else {
      made.fields.push_back(read_field(name, value, level + 1));
    }
  }
  if (!made) throw malformed_tree("a node without a type");
  return made;
}

}  // namespace

const node_field* syntax_node::find(std::string_view field) const noexcept {
  for (const node_field& each : fields) {
    if (each.name == field) return &each;
  }
  return nullptr;
}

const syntax_node& syntax_node::maybe(std::string_view field) const {
  static const syntax_node none;
  const node_field* const found = find(field);
  if (found == nullptr) return none;
  if (found->holds != node_field::content::node) throw malformed_tree("not a node: " + type);
  return found->nodes.front();
}

const syntax_node& syntax_node::at(std::string_view field) const {
  const syntax_node& found = maybe(field);
  if (!found) throw malformed_tree("a field is missing: " + type);
  return found;
}

const std::vector<syntax_node>& syntax_node::all(std::string_view field) const {
  static const std::vector<syntax_node> none;
  const node_field* const found = find(field);
  if (found == nullptr) return none;
  if (found->holds != node_field::content::list) throw malformed_tree("not a list: " + type);
  return found->nodes;
}

const std::string& syntax_node::text(std::string_view field) const {
  static const std::string none;
  const node_field* const found = find(field);
  if (found == nullptr) return none;
  if (found->holds != node_field::content::text) throw malformed_tree("not a text: " + type);
  return found->text;
}

parsed_source read_tree(std::string_view text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object()) throw malformed_tree("not JSON");
  parsed_source made;
  const auto error = read.find("error");
  if (error == read.end()) {
    made.tree = read_node(read, 0);
    if (!made.tree.is("Module")) throw malformed_tree("not a module");
    return made;
  }
  const auto line = read.find("line");
  const auto column = read.find("column");
  if (!error->is_string() || line == read.end() || column == read.end()) throw malformed_tree("not an error");
  made.fault = {error->get<std::string>(), read_number(*line), read_number(*column)};
  return made;
}

}  // namespace heddle::checker::python
