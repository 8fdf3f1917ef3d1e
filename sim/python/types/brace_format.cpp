// str.format.
#include <algorithm>

#include "python/errors.hpp"
#include "python/natives.hpp"
#include "python/operators.hpp"
#include "python/types/code_points.hpp"
#include "python/types/format.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

class brace_formatter {
 public:
  brace_formatter(thread_state& by, const arguments& given, value mapping)
      : by_(by), given_(given), mapping_(mapping) {}

  [[nodiscard]] std::string run(std::string_view text, int depth) {
    std::string result;
    while (!text.empty()) {
      const std::size_t mark = std::min(text.find_first_of("{}"), text.size());
      result += text.substr(0, mark);
      if (mark == text.size()) break;
      const char brace = text[mark];
      text.remove_prefix(mark + 1);
      if (!text.empty() && text.front() == brace) {
        result += brace;
        text.remove_prefix(1);
      } else if (brace == '}') {
        fail("Single '}' encountered in format string");
      } else {
        result += field(take_field(text), depth);
      }
    }
    return result;
  }

 private:
  [[noreturn]] void fail(std::string text) { raise(by_, exceptions::ValueError(), std::move(text)); }

  /** What stands up to the brace that closes the field, which is taken, too. */
  [[nodiscard]] std::string_view take_field(std::string_view& text) {
    if (text.empty()) fail("Single '{' encountered in format string");
    std::size_t depth = 1;
    for (std::size_t at = 0; at < text.size(); ++at) {
      depth += text[at] == '{' ? 1U : 0U;
      if (text[at] != '}' || --depth != 0) continue;
      const std::string_view result = text.substr(0, at);
      text.remove_prefix(at + 1);
      return result;
    }
    fail("expected '}' before end of string");
  }

  [[nodiscard]] std::string field(std::string_view text, int depth) {
    if (depth > 1) fail("Max string recursion exceeded");
    std::size_t end = 0;  // of the field's name: a bracket may hold anything
    for (bool within = false; end < text.size(); ++end) {
      if (text[end] == '[') within = true;
      if (text[end] == ']') within = false;
      if (!within && (text[end] == ':' || text[end] == '!')) break;
    }
    value chosen = named(text.substr(0, end));
    text.remove_prefix(end);
    if (!text.empty() && text.front() == '!') {
      if (text.size() < 2) fail("end of string while looking for conversion specifier");
      if (text.size() > 2 && text[2] != ':') fail("expected ':' after conversion specifier");
      chosen = converted(chosen, text[1]);
      text.remove_prefix(2);
    }
    if (!text.empty()) text.remove_prefix(1);
    if (text.find('{') == std::string_view::npos) return formatted(by_, chosen, text);
    return formatted(by_, chosen, run(text, depth + 1));
  }

  [[nodiscard]] value converted(value of, char how) {
    switch (how) {
      case 'r': return make_string(by_, repr(by_, of));
      case 's': return make_string(by_, str(by_, of));
      case 'a': return make_string(by_, ascii(by_, of));
      default: fail(std::string("Unknown conversion specifier ") + how);
    }
  }

  [[nodiscard]] value named(std::string_view path) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    value result = first(path.substr(0, end));
    path.remove_prefix(end);
    while (!path.empty()) {
      if (path.front() == '.') {
        path.remove_prefix(1);
        const std::size_t stop = std::min(path.find_first_of(".["), path.size());
        if (stop == 0) fail("Empty attribute in format string");
        result = attribute(by_, result, intern(path.substr(0, stop)));
        path.remove_prefix(stop);
      } else if (path.front() == '[') {
        const std::size_t stop = path.find(']');
        if (stop == std::string_view::npos) fail("expected '}' before end of string");
        const std::string_view key = path.substr(1, stop - 1);
        if (key.empty()) fail("Empty attribute in format string");
        result = subscript(by_, result, is_all_digits(key) ? number_in(key) : make_string(by_, std::string(key)));
        path.remove_prefix(stop + 1);
        if (!path.empty() && path.front() != '.' && path.front() != '[') {
          fail("Only '.' or '[' may follow ']' in format field specifier");
        }
      } else {
        fail("Only '.' or '[' may follow ']' in format field specifier");
      }
    }
    return result;
  }

  [[nodiscard]] static bool is_all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
  }

  [[nodiscard]] value number_in(std::string_view digits) {
    if (digits.size() > 18) fail("Too many decimal digits in format string");
    return read_integer(by_, digits, 10);
  }

  [[nodiscard]] value first(std::string_view called) {
    if (called.empty() || is_all_digits(called)) {
      const bool counted = called.empty();
      if (numbering_ == (counted ? 'm' : 'a')) {
        fail(counted ? "cannot switch from manual field specification to automatic field numbering"
                     : "cannot switch from automatic field numbering to manual field specification");
      }
      numbering_ = counted ? 'a' : 'm';
      const std::uint64_t index = counted ? next_++ : static_cast<std::uint64_t>(number_in(called).number);
      if (mapping_.defined()) fail("Format string contains positional fields");
      if (index >= given_.count) {
        raise(by_, exceptions::IndexError(),
              "Replacement index " + std::to_string(index) + " out of range for positional args tuple");
      }
      return given_.positional[index];
    }
    if (mapping_.defined()) return subscript(by_, mapping_, make_string(by_, std::string(called)));
    for (std::uint32_t at = 0; at < given_.named_count; ++at) {
      if (*given_.names[at] == called) return given_.named[at];
    }
    raise_with(by_, exceptions::KeyError(), make_string(by_, std::string(called)));
  }

  thread_state& by_;
  const arguments& given_;
  value mapping_;
  std::uint64_t next_ = 0;
  char numbering_ = 0;  // a: automatic, m: manual
};

}  // namespace

std::string brace_format(thread_state& by, std::string_view text, const arguments& given, value mapping) {
  return brace_formatter(by, given, mapping).run(text, 0);
}

}  // namespace heddle::python
