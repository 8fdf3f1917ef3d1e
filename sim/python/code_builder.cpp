// Labels, the tables of a code object, and the height of its stack.
#include <heddle/python/code_builder.hpp>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>
#include <utility>

namespace heddle::python {
namespace {

[[nodiscard]] std::uint32_t number_in(std::vector<std::string>& names, std::string_view what) {
  const auto found = std::ranges::find(names, what);
  const auto number = static_cast<std::uint32_t>(found - names.begin());
  if (found == names.end()) {
    names.emplace_back(what);
  }
  return number;
}

/** No instruction follows it on its own way. */
[[nodiscard]] bool ends_its_path(opcode what) {
  switch (what) {
    case opcode::JUMP_FORWARD:
    case opcode::JUMP_ABSOLUTE:
    case opcode::RETURN_VALUE:
    case opcode::RAISE_VARARGS:
    case opcode::RERAISE: return true;
    default: return false;
  }
}

/** The heights at all instructions, found along all ways. */
class height_analysis {
 public:
  explicit height_analysis(const code_object& code) : code_(code), heights_(code.instructions.size(), unknown) {}

  [[nodiscard]] std::uint32_t run() {
    reach(0, 0, 0);
    while (!open_.empty()) {
      const std::size_t at = open_.back();
      open_.pop_back();
      step(at);
    }
    return static_cast<std::uint32_t>(highest_);
  }

 private:
  static constexpr int unknown = -1;

  void step(std::size_t at) {
    const instruction& one = code_.instructions[at];
    const int height = heights_[at];
    if (height < values_taken(one.what, one.argument)) {
      fail(at, "takes more values than lie on the stack, which are " + std::to_string(height));
    }
    if (argument_of(one.what) == argument_kind::jump) {
      reach(at, one.argument, height + stack_effect(one.what, one.argument, true));
    }
    if (!ends_its_path(one.what)) {
      reach(at, at + 1, height + stack_effect(one.what, one.argument, false));
    }
  }

  void reach(std::size_t from, std::size_t to, int height) {
    if (to >= heights_.size()) {
      fail(from, "goes beyond the end of the code; end it with RETURN_VALUE");
    }
    highest_ = std::max(highest_, height);
    if (heights_[to] == unknown) {
      heights_[to] = height;
      open_.push_back(to);
    } else if (heights_[to] != height) {
      fail(to, "is reached with " + std::to_string(heights_[to]) + " and with " + std::to_string(height) +
                   " values on the stack");
    }
  }

  [[noreturn]] void fail(std::size_t at, const std::string& why) const {
    const std::string name = at < code_.instructions.size() ? std::string(to_string(code_.instructions[at].what)) : "";
    throw std::logic_error("code object " + code_.name + ": instruction " + std::to_string(at) +
                           (name.empty() ? "" : " (" + name + ")") + ' ' + why);
  }

  const code_object& code_;
  std::vector<int> heights_;
  std::vector<std::size_t> open_;
  int highest_ = 0;
};

}  // namespace

bool operator==(const constant& a, const constant& b) {
  if (a.what.index() != b.what.index()) {
    return false;
  }
  if (const double* const number = std::get_if<double>(&a.what)) {
    // By its bits: 0.0 is not -0.0, and a NaN is itself.
    return std::bit_cast<std::uint64_t>(*number) == std::bit_cast<std::uint64_t>(std::get<double>(b.what));
  }
  return a.what == b.what;
}

code_builder::code_builder(std::string name, std::uint32_t first_line, code_kind kind) : line_(first_line) {
  made_.qualified_name = name;
  made_.name = std::move(name);
  made_.first_line = first_line;
  made_.kind = kind;
}

code_builder& code_builder::at_line(std::uint32_t line) {
  line_ = line;
  return *this;
}

code_builder& code_builder::emit(opcode what, std::uint32_t argument) {
  made_.instructions.push_back({what, argument});
  made_.lines.push_back(line_);
  return *this;
}

code_builder& code_builder::emit(opcode what, label to) {
  unresolved_.emplace_back(static_cast<std::uint32_t>(made_.instructions.size()), to.number);
  return emit(what);
}

label code_builder::new_label() {
  places_.push_back(nowhere);
  return {static_cast<std::uint32_t>(places_.size() - 1)};
}

code_builder& code_builder::place(label here) {
  std::uint32_t& place = places_.at(here.number);
  if (place != nowhere) {
    throw std::logic_error("code object " + made_.name + ": a label is placed twice");
  }
  place = static_cast<std::uint32_t>(made_.instructions.size());
  return *this;
}

std::uint32_t code_builder::constant(python::constant what) {
  const auto found = std::ranges::find(made_.constants, what);
  const auto number = static_cast<std::uint32_t>(found - made_.constants.begin());
  if (found == made_.constants.end()) {
    made_.constants.push_back(std::move(what));
  }
  return number;
}

std::uint32_t code_builder::name(std::string_view what) { return number_in(made_.names, what); }

std::uint32_t code_builder::local(std::string_view what) { return number_in(made_.locals, what); }

std::uint32_t code_builder::cell(std::string_view what) const {
  const auto own = std::ranges::find(made_.cells, what);
  if (own != made_.cells.end()) {
    return static_cast<std::uint32_t>(own - made_.cells.begin());
  }
  const auto outer = std::ranges::find(made_.free, what);
  if (outer == made_.free.end()) {
    throw std::out_of_range("code object " + made_.name + ": no cell or free variable " + std::string(what));
  }
  return static_cast<std::uint32_t>(made_.cells.size() + static_cast<std::size_t>(outer - made_.free.begin()));
}

code_object code_builder::finish() {
  for (const auto& [instruction, label] : unresolved_) {
    const std::uint32_t place = places_.at(label);
    if (place == nowhere) {
      throw std::logic_error("code object " + made_.name + ": instruction " + std::to_string(instruction) +
                             " goes to a label that is placed nowhere");
    }
    made_.instructions[instruction].argument = place;
  }
  made_.stack_size = stack_size_of(made_);
  return std::move(made_);
}

std::uint32_t stack_size_of(const code_object& code) { return height_analysis(code).run(); }

}  // namespace heddle::python
