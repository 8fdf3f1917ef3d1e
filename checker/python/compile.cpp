#include "compile.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include <heddle/explore.hpp>

#include "helper_process.hpp"
#include "parser_script.hpp"
#include "parts.hpp"
#include "report/character_width.hpp"
#include "scopes.hpp"
#include "subset.hpp"
#include "tree_store.hpp"

namespace heddle::checker::python {
namespace {

// Far more than anybody writes, and parsed in seconds.
constexpr std::size_t most_bytes = std::size_t{256} << 10U;
constexpr std::size_t most_stored_bytes = std::size_t{1} << 24U;  // of a tree, in the cache: not to fill the disk
constexpr std::size_t most_refusals = 20;
constexpr std::size_t longest_shown_line = 200;

// Python ends lines as universal newlines do.
std::vector<std::string> lines_of(std::string_view source) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (source.starts_with(byte_order_mark)) source.remove_prefix(byte_order_mark.size());
  std::vector<std::string> lines;
  while (!source.empty()) {
    const std::size_t end = source.find_first_of("\r\n");
    lines.emplace_back(source.substr(0, end));
    if (end == std::string_view::npos) break;
    source.remove_prefix(end + (source.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return lines;
}

[[noreturn]] void refuse(const std::vector<refusal>& all, const std::string& file) {
  std::string text;
  for (std::size_t i = 0; i < all.size() && i < most_refusals; ++i) {
    text += fmt::format("{}{}:{}: {}", i == 0 ? "" : "\n", file, all[i].line, all[i].text);
  }
  if (all.size() > most_refusals) text += fmt::format("\nand {} more", all.size() - most_refusals);
  throw source_error(text);
}

/** As many spaces as the first characters of a line are wide; a tab stays one. */
std::string blank(std::string_view line, std::size_t characters) {
  std::string made;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto first = static_cast<unsigned char>(line[i]);
    if ((first & 0xc0U) == 0x80U) continue;
    if (characters-- == 0) break;
    char32_t character = first;
    if (first >= 0xc0U) {
      character = first & (first >= 0xf0U ? 0x07U : first >= 0xe0U ? 0x0fU : 0x1fU);
      for (std::size_t j = i + 1; j < line.size() && (static_cast<unsigned char>(line[j]) & 0xc0U) == 0x80U; ++j) {
        character = (character << 6U) | (static_cast<unsigned char>(line[j]) & 0x3fU);
      }
    }
    if (character == '\t') {
      made += '\t';
    } else {
      made.append(static_cast<std::size_t>(character_width(character)), ' ');
    }
  }
  return made;
}

[[noreturn]] void refuse(const syntax_fault& fault, std::string_view source, const std::string& file) {
  if (fault.line == 0) throw request_error(fault.message);
  std::string text = fmt::format("{}:{}:", file, fault.line);
  if (fault.column != 0) text += fmt::format("{}:", fault.column);
  text += fmt::format(" syntax error: {}", fault.message);
  const std::vector<std::string> lines = lines_of(source);
  if (fault.column != 0 && fault.line <= lines.size() && lines[fault.line - 1].size() <= longest_shown_line) {
    const std::string& line = lines[fault.line - 1];
    text += fmt::format("\n{}\n{}^", line, blank(line, fault.column - 1));
  }
  throw source_error(text);
}

struct fresh_tree {
  std::string json;
  syntax_node tree;
};

fresh_tree parse(std::string_view source, const std::string& file) {
  fresh_tree made{run_python(parser_script, source), {}};
  parsed_source parsed = read_tree(made.json);
  if (!parsed.tree) refuse(parsed.fault, source, file);
  made.tree = std::move(parsed.tree);
  return made;
}

[[noreturn]] void not_a_parser() {
  throw request_error("python3 wrote no syntax tree: is it Python 3.8 or later? (HEDDLE_PYTHON may name another one)");
}

/** The program, if the file has a tree of this source that makes one. */
std::optional<heddle::python::program> compile_stored(const std::string& tree_file, std::string_view source,
                                                      const std::string& shown_name) {
  if (tree_file.empty()) return std::nullopt;
  const std::optional<std::string> stored = content_of(tree_file, most_stored_bytes);
  if (!stored) return std::nullopt;
  const std::optional<std::string> tree = tree_in(*stored, source);
  if (!tree) return std::nullopt;
  try {
    return compile_tree(read_tree(*tree).tree, source, shown_name);
  } catch (const malformed_tree&) {
    return std::nullopt;
  }
}

/** `beside`: a file that may have the tree; or empty. */
heddle::python::program compile(std::string_view source, const std::string& shown_name, const std::string& beside) {
  if (source.size() > most_bytes) {
    throw request_error(fmt::format("{}: too big: a program may have {} bytes", shown_name, most_bytes));
  }
  const std::string cached = cached_tree_file(source);
  for (const std::string& each : {beside, cached}) {
    if (std::optional<heddle::python::program> made = compile_stored(each, source, shown_name)) return *made;
  }
  try {
    fresh_tree parsed = parse(source, shown_name);
    if (!cached.empty() && parsed.json.size() + source.size() < most_stored_bytes - 1000) {
      try_to_store(cached, stored_tree(source, parsed.json));
    }
    return compile_tree(std::move(parsed.tree), source, shown_name);
  } catch (const malformed_tree&) {
    not_a_parser();
  }
}

}  // namespace

heddle::python::program compile_file(const std::string& path) {
  const std::optional<std::string> source = content_of(path, most_bytes + 1);
  if (!source)
    throw request_error(fmt::format("cannot read a program from {}: it does not exist, or is no file", path));
  return compile(*source, path, tree_file_of(path));
}

heddle::python::program compile_source(std::string_view source, std::string shown_name, std::string_view stored) {
  if (const std::optional<std::string> tree = tree_in(stored, source)) {
    return compile_tree(read_tree(*tree).tree, source, std::move(shown_name));
  }
  return compile(source, shown_name, {});
}

heddle::python::program compile_tree(syntax_node module, std::string_view source, std::string shown_name) {
  if (!module.is("Module")) throw malformed_tree("not a module");
  const std::vector<scope> scopes = find_scopes(module);
  const std::vector<refusal> refusals = outside_subset(module, scopes);
  if (!refusals.empty()) refuse(refusals, shown_name);
  unit whole{shown_name, scopes, {}};
  body main(whole, module, "<module>", "<module>", 1);
  statements(main, module.all("body"));
  main.push_none().emit(opcode::RETURN_VALUE);
  main.finish();
  return {shown_name, lines_of(source), std::move(whole.codes)};
}

std::string tree_to_ship(std::string_view source, const std::string& shown_name) try {
  return stored_tree(source, parse(source, shown_name).json);
} catch (const malformed_tree&) {
  not_a_parser();
}

}  // namespace heddle::checker::python
