#include <heddle/python/disassembler.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <heddle/python/repr.hpp>

#include "python/utf8.hpp"

namespace heddle::python {
namespace {

constexpr std::size_t bytes_an_instruction = 2;

/** What the bits or values of a plain number mean, where dis says so. */
[[nodiscard]] std::string meaning_of_number(const instruction& one) {
  if (one.what == opcode::FORMAT_VALUE) {
    constexpr std::array<std::string_view, 4> conversions{"", "str", "repr", "ascii"};
    std::string result(conversions[one.argument & 3U]);
    if ((one.argument & 4U) != 0) result += result.empty() ? "with format" : ", with format";
    return result;
  }
  std::string result;
  if (one.what == opcode::MAKE_FUNCTION) {
    constexpr std::array<std::string_view, 4> flags{"defaults", "kwdefaults", "annotations", "closure"};
    for (std::size_t bit = 0; bit < flags.size(); ++bit) {
      if ((one.argument >> bit & 1U) != 0) (result += result.empty() ? "" : ", ") += flags[bit];
    }
  }
  return result;
}

[[nodiscard]] std::string entry(const std::vector<std::string>& names, std::size_t number) {
  return number < names.size() ? names[number] : std::string();
}

[[nodiscard]] std::string meaning_of(const code_object& code, const instruction& one, const program& of) {
  switch (argument_of(one.what)) {
    case argument_kind::none: return {};
    case argument_kind::number: return meaning_of_number(one);
    case argument_kind::constant:
      return one.argument < code.constants.size() ? repr(code.constants[one.argument], of) : std::string();
    case argument_kind::identifier: return entry(code.names, one.argument);
    case argument_kind::local: return entry(code.locals, one.argument);
    case argument_kind::cell:
      return one.argument < code.cells.size() ? code.cells[one.argument]
                                              : entry(code.free, one.argument - code.cells.size());
    case argument_kind::jump: return "to " + std::to_string(one.argument * bytes_an_instruction);
    case argument_kind::comparison:
      return std::string(one.argument < comparison_count ? to_string(static_cast<comparison>(one.argument)) : "");
  }
  return {};
}

/** The number that dis prints: of relative jumps the distance. */
[[nodiscard]] std::int64_t shown_argument(const instruction& one, std::size_t at) {
  const auto argument = static_cast<std::int64_t>(one.argument);
  constexpr std::int64_t bytes = bytes_an_instruction;
  switch (one.what) {
    case opcode::JUMP_FORWARD:
    case opcode::FOR_ITER:
    case opcode::SETUP_FINALLY:
    case opcode::SETUP_WITH: return (argument - static_cast<std::int64_t>(at) - 1) * bytes;
    default: return argument_of(one.what) == argument_kind::jump ? argument * bytes : argument;
  }
}

[[nodiscard]] std::string right(std::string text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

[[nodiscard]] std::string left(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

[[nodiscard]] std::size_t digits_of(std::size_t number) { return std::to_string(number).size(); }

void disassemble_nested(const program& of, std::uint32_t code, std::vector<bool>& shown, std::string& to) {
  shown[code] = true;
  to += disassemble_one(of, code);
  for (const constant& each : of.codes[code].constants) {
    const auto* const inner = std::get_if<constant::code>(&each.what);
    if (inner == nullptr || inner->index >= shown.size() || shown[inner->index]) continue;
    to += "\nDisassembly of " + repr(each, of) + ":\n";
    disassemble_nested(of, inner->index, shown, to);
  }
}

}  // namespace

std::string disassemble_one(const program& of, std::uint32_t code) {
  const code_object& shown = of.codes.at(code);
  const std::size_t count = shown.instructions.size();
  std::vector<bool> is_target(count);
  for (const instruction& one : shown.instructions) {
    if (argument_of(one.what) == argument_kind::jump && one.argument < count) is_target[one.argument] = true;
  }
  const std::uint32_t last_line = shown.lines.empty() ? 0 : *std::ranges::max_element(shown.lines);
  const std::size_t line_width = std::max<std::size_t>(3, digits_of(last_line));
  const std::size_t offset_width =
      std::max<std::size_t>(4, digits_of((std::max<std::size_t>(count, 1) - 1) * bytes_an_instruction));

  std::string result;
  for (std::size_t at = 0; at < count; ++at) {
    const instruction& one = shown.instructions[at];
    const bool new_line = at == 0 || shown.lines[at] != shown.lines[at - 1];
    if (new_line && at > 0) result += '\n';
    result += right(new_line ? std::to_string(shown.lines[at]) : "", line_width);
    result += is_target[at] ? "     >> " : "        ";
    result += right(std::to_string(at * bytes_an_instruction), offset_width) + ' ';
    if (argument_of(one.what) == argument_kind::none) {
      (result += to_string(one.what)) += '\n';
      continue;
    }
    result += left(std::string(to_string(one.what)), 20) + ' ' + right(std::to_string(shown_argument(one, at)), 5);
    const std::string meaning = meaning_of(shown, one, of);
    if (!meaning.empty()) result += " (" + meaning + ')';
    result += '\n';
  }
  return result;
}

std::string disassemble(const program& of, std::uint32_t code) {
  std::string result;
  std::vector<bool> shown(of.codes.size());
  disassemble_nested(of, code, shown, result);
  return result;
}

std::string describe(const code_object& code, std::size_t instruction) {
  const python::instruction& one = code.instructions.at(instruction);
  std::string result(to_string(one.what));
  const argument_kind kind = argument_of(one.what);
  if (kind == argument_kind::none) return result;
  constexpr std::size_t most_bytes = 60;
  const program no_program;
  std::string meaning = kind == argument_kind::number ? std::string() : meaning_of(code, one, no_program);
  if (meaning.empty()) meaning = std::to_string(one.argument);
  if (meaning.size() > most_bytes) {
    std::size_t cut = most_bytes;
    while (cut > 0 && (static_cast<unsigned char>(meaning[cut]) & 0xC0U) == 0x80) --cut;  // not within a character
    meaning = meaning.substr(0, cut) + "...";
  }
  return result + ' ' + meaning;
}

}  // namespace heddle::python
