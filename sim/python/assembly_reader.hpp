// The words and literals in a line of an assembly text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/python/code.hpp>

namespace heddle::python {

/** Whether a name may stand without quotes. */
[[nodiscard]] bool is_bare_name(std::string_view name) noexcept;

/** Reads one line from left to right. What it does not find is an assembly_error. */
class assembly_reader {
 public:
  assembly_reader(std::string_view line, std::size_t number) : rest_(line), number_(number) {}

  /** Whether nothing is left but blanks and a comment. */
  [[nodiscard]] bool at_end();
  void must_end();
  /** Takes `what` if it comes next. */
  bool take(char what);
  /** Takes what comes up to a blank, parenthesis, comma, colon, quote or comment; may be empty. */
  std::string_view word();
  std::string name();
  [[nodiscard]] bool name_follows();
  std::string string();
  std::uint32_t number();
  python::constant constant();
  /** Names with commas between, up to the end of the line. */
  std::vector<std::string> names();

  [[noreturn]] void fail(const std::string& what) const;
  /** The same; tells what stands there, too. */
  [[noreturn]] void expected(const std::string& what) const;

 private:
  char next();
  python::constant tuple();
  char32_t escaped();
  static python::constant integer(std::string_view digits, bool negative);

  std::string_view rest_;
  std::size_t number_;
  unsigned depth_ = 0;  // of tuples
};

}  // namespace heddle::python
