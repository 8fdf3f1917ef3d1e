// The operator % of strings.
#include <algorithm>

#include "python/errors.hpp"
#include "python/natives.hpp"
#include "python/operators.hpp"
#include "python/types/code_points.hpp"
#include "python/types/format.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/type_functions.hpp"
#include "python/utf8.hpp"

namespace heddle::python {
namespace {

/** Reads a text with its conversions, and takes the values for them. */
class percent_formatter {
 public:
  percent_formatter(thread_state& by, std::string_view text, value given) : by_(by), rest_(text), given_(given) {
    tuple_ = as_tuple(given);
    is_mapping_ = given.is_object() && tuple_ == nullptr && as_string(given) == nullptr &&
                  functions_of(*given.object).subscript != nullptr;
  }

  [[nodiscard]] std::string run() {
    while (!rest_.empty()) {
      const std::size_t mark = std::min(rest_.find('%'), rest_.size());
      result_ += rest_.substr(0, mark);
      rest_.remove_prefix(mark);
      if (rest_.empty()) break;
      rest_.remove_prefix(1);
      convert();
    }
    const std::size_t count = tuple_ != nullptr ? tuple_->items.size() : 1;
    if (taken_ < count && !used_key_ && !is_mapping_) {
      raise_type_error(by_, "not all arguments converted during string formatting");
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] char peek() const {
    if (rest_.empty()) raise(by_, exceptions::ValueError(), "incomplete format");
    return rest_.front();
  }
  char take() {
    const char result = peek();
    rest_.remove_prefix(1);
    return result;
  }

  [[nodiscard]] value next_value() {
    if (tuple_ != nullptr) {
      if (taken_ < tuple_->items.size()) return tuple_->items[taken_++];
    } else if (taken_ == 0 && !used_key_) {
      ++taken_;
      return given_;
    }
    raise_type_error(by_, "not enough arguments for format string");
  }

  [[nodiscard]] std::string_view take_key() {
    std::size_t depth = 1;
    std::size_t at = 0;
    for (; at < rest_.size(); ++at) {
      depth += rest_[at] == '(' ? 1U : 0U;
      if (rest_[at] == ')' && --depth == 0) break;
    }
    if (depth != 0) raise(by_, exceptions::ValueError(), "incomplete format key");
    const std::string_view result = rest_.substr(0, at);
    rest_.remove_prefix(at + 1);
    return result;
  }

  [[nodiscard]] std::int64_t take_number() {
    if (peek() == '*') {
      take();
      const value number = next_value();
      if (!number.is_integral()) raise_type_error(by_, "* wants int");
      return number.number;
    }
    std::int64_t result = 0;
    while (is_digit(peek())) {
      result = result * 10 + (take() - '0');
      if (result > INT64_MAX / 100) raise(by_, exceptions::ValueError(), "width too big");
    }
    return result;
  }

  void convert() {
    format_spec spec;
    value chosen;
    spec.align = '>';
    if (peek() == '(') {
      take();
      if (!is_mapping_) raise_type_error(by_, "format requires a mapping");
      const std::string key(take_key());
      chosen = subscript(by_, given_, make_string(by_, key));
      used_key_ = true;
    }
    bool zero = false;
    bool left = false;
    for (bool more = true; more;) {
      switch (peek()) {
        case '-': left = true; break;
        case '+': spec.sign = '+'; break;
        case ' ': spec.sign = spec.sign == '+' ? '+' : ' '; break;
        case '#': spec.alternate = true; break;
        case '0': zero = true; break;
        default: more = false; break;
      }
      if (more) take();
    }
    const std::int64_t width = take_number();
    left = left || width < 0;
    spec.width = width < 0 ? 0 - static_cast<std::uint64_t>(width) : static_cast<std::uint64_t>(width);
    if (peek() == '.') {
      take();
      const std::int64_t precision = take_number();
      if (precision > INT32_MAX) raise(by_, exceptions::ValueError(), "precision too big");
      spec.precision = static_cast<std::uint32_t>(std::max<std::int64_t>(0, precision));
    }
    if (peek() == 'h' || peek() == 'l' || peek() == 'L') take();
    spec.type = take();
    if (spec.type == '%') {
      result_ += '%';
      return;
    }
    if (left) spec.align = '<';
    if (!chosen.defined()) chosen = next_value();
    write(spec, chosen, zero && !left);
  }

  void write(format_spec spec, value of, bool zero) {
    switch (spec.type) {
      case 's': return write_text(spec, str(by_, of));
      case 'r': return write_text(spec, repr(by_, of));
      case 'a': return write_text(spec, ascii(by_, of));
      case 'c': return write_character(spec, of);
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o': return write_integer(spec, of, zero);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': return write_real(spec, of, zero);
      default: break;
    }
    raise(by_, exceptions::ValueError(),
          std::string("unsupported format character '") + spec.type + "' (0x" +
              digits_of(by_, value(static_cast<std::int64_t>(static_cast<unsigned char>(spec.type))), 16) +
              ") at index " + std::to_string(place_of_type()));
  }

  [[nodiscard]] std::size_t place_of_type() const { return whole_.size() - rest_.size() - 1; }

  void write_text(const format_spec& spec, std::string text) {
    if (spec.precision) text.resize(byte_of(text, *spec.precision));
    append_filled(by_, result_, spec, "", text, '>');
  }

  void write_character(const format_spec& spec, value of) {
    const string_object* text = as_string(of);
    if (text != nullptr && text->length() == 1) return append_filled(by_, result_, spec, "", text->text, '>');
    if (text != nullptr || !is_int(of)) raise_type_error(by_, "%c requires int or char");
    if (!of.is_integral() || of.number < 0 || of.number > 0x10FFFF) {
      raise(by_, exceptions::OverflowError(), "%c arg not in range(0x110000)");
    }
    std::string character;
    encode(static_cast<char32_t>(of.number), character);
    append_filled(by_, result_, spec, "", character, '>');
  }

  void write_integer(format_spec& spec, value of, bool zero) {
    value number = of;
    if (of.is_real() && (spec.type == 'd' || spec.type == 'i' || spec.type == 'u')) {
      number = integer_from(by_, of.real);
    } else {
      number = as_index(by_, of);
    }
    if (!number.defined()) {
      const bool decimal = spec.type == 'd' || spec.type == 'i' || spec.type == 'u';
      raise_type_error(by_, std::string("%") + spec.type + " format: " + (decimal ? "a real number" : "an integer") +
                                " is required, not " + type_name(of));
    }
    const unsigned base = spec.type == 'o' ? 8 : to_lower(spec.type) == 'x' ? 16 : 10;
    std::string digits = digits_of(by_, number, base);
    std::string prefix = spec.sign == '-' ? "" : std::string(1, spec.sign);
    if (digits.front() == '-') {
      prefix = "-";
      digits.erase(0, 1);
    }
    if (spec.alternate && base != 10) prefix += std::string("0") + spec.type;
    if (spec.type == 'X') {
      for (char& c : digits) c = to_upper(c);
    }
    if (spec.precision && digits.size() < *spec.precision) {
      charge_many(by_, *spec.precision, 1);
      digits.insert(0, *spec.precision - digits.size(), '0');
    }
    fill_zeros(spec, zero);
    append_filled(by_, result_, spec, prefix, digits, '>');
  }

  void write_real(format_spec& spec, value of, bool zero) {
    if (!is_number(of)) raise_type_error(by_, "must be real number, not " + type_name(of));
    fill_zeros(spec, zero);
    if (!spec.precision) spec.precision = 6;
    result_ += format_real(by_, real_of(by_, of), spec);
  }

  static void fill_zeros(format_spec& spec, bool zero) {
    if (!zero) return;
    spec.fill = "0";
    spec.align = '=';
  }

  thread_state& by_;
  std::string_view rest_;
  std::string_view whole_ = rest_;
  value given_;
  const tuple_object* tuple_ = nullptr;
  bool is_mapping_ = false;
  bool used_key_ = false;
  std::size_t taken_ = 0;
  std::string result_;
};

}  // namespace

value percent_format(thread_state& by, const string_object& text, value given) {
  return make_string(by, percent_formatter(by, text.text, given).run());
}

}  // namespace heddle::python
