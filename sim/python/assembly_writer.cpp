// The way back from a program to the text of it.
#include <algorithm>
#include <map>
#include <stdexcept>

#include <heddle/python/assembler.hpp>
#include <heddle/python/repr.hpp>

#include "python/assembly_reader.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] std::string shown_name(const std::string& name) { return is_bare_name(name) ? name : repr(name); }

class code_writer {
 public:
  code_writer(const program& of, std::size_t index) : of_(of), code_(of.codes[index]), index_(index) {}

  std::string run() {
    head();
    tables();
    number_labels();
    std::uint32_t line = code_.first_line;
    for (std::size_t at = 0; at < code_.instructions.size(); ++at) {
      put_label(at);
      if (code_.lines[at] != line) text_ += "  .line " + std::to_string(line = code_.lines[at]) + '\n';
      put(code_.instructions[at]);
    }
    put_label(code_.instructions.size());
    return std::move(text_);
  }

 private:
  void head() {
    text_ += "\n.code " + shown_name(code_.name);
    if (arguments() > 0) text_ += '(' + signature() + ')';
    text_ += "  # code " + std::to_string(index_) + '\n';
    if (code_.kind != (index_ == 0 ? code_kind::module : code_kind::function)) {
      text_ += std::string("  .kind ") +
               (code_.kind == code_kind::module     ? "module"
                : code_.kind == code_kind::function ? "function"
                                                    : "class_body") +
               '\n';
    }
    if (code_.qualified_name != code_.name) text_ += "  .qualified " + repr(code_.qualified_name) + '\n';
    if (code_.first_line != 1) text_ += "  .first_line " + std::to_string(code_.first_line) + '\n';
  }

  [[nodiscard]] std::size_t arguments() const {
    return code_.positional + code_.only_by_name + (code_.takes_rest ? 1U : 0U) + (code_.takes_named_rest ? 1U : 0U);
  }

  [[nodiscard]] std::string signature() const {
    std::string result;
    const auto add = [&](const std::string& part) { result += (result.empty() ? "" : ", ") + part; };
    std::size_t at = 0;
    for (; at < code_.positional; ++at) {
      add(shown_name(code_.locals.at(at)));
      if (at + 1 == code_.only_by_position) add("/");
    }
    std::size_t rest = at + code_.only_by_name;
    if (code_.takes_rest) {
      add('*' + shown_name(code_.locals.at(rest++)));
    } else if (code_.only_by_name > 0) {
      add("*");
    }
    for (; at < code_.positional + code_.only_by_name; ++at) add(shown_name(code_.locals.at(at)));
    if (code_.takes_named_rest) add("**" + shown_name(code_.locals.at(rest)));
    return result;
  }

  void tables() {
    list(".cells", code_.cells, 0);
    list(".free", code_.free, 0);
    if (!numbered_by_use(code_.locals, argument_kind::local, arguments())) list(".locals", code_.locals, arguments());
    if (!numbered_by_use(code_.names, argument_kind::identifier, 0)) list(".names", code_.names, 0);
    if (numbered_by_use(code_.constants, argument_kind::constant, 0)) return;
    std::string all;
    for (const constant& each : code_.constants) all += (all.empty() ? "" : ", ") + shown(each);
    text_ += "  .constants " + all + '\n';
  }

  void list(const std::string& directive, const std::vector<std::string>& names, std::size_t from) {
    if (names.size() <= from) return;
    std::string all;
    for (std::size_t at = from; at < names.size(); ++at) all += (at == from ? "" : ", ") + shown_name(names[at]);
    text_ += "  " + directive + ' ' + all + '\n';
  }

  /** Whether the instructions, read from above, name all entries behind `known` in their order, and none is double. */
  template <class Entry>
  [[nodiscard]] bool numbered_by_use(const std::vector<Entry>& entries, argument_kind kind, std::size_t known) const {
    for (const instruction& one : code_.instructions) {
      if (argument_of(one.what) != kind) continue;
      if (one.argument > known) return false;
      if (one.argument == known) ++known;
    }
    if (known != entries.size()) return false;
    for (auto each = entries.begin(); each != entries.end(); ++each) {
      if (std::find(entries.begin(), each, *each) != each) return false;
    }
    return true;
  }

  void number_labels() {
    for (const instruction& one : code_.instructions) {
      if (argument_of(one.what) == argument_kind::jump) labels_.try_emplace(one.argument);
    }
    unsigned number = 0;
    for (auto& [place, name] : labels_) name = "L" + std::to_string(++number);
  }

  void put_label(std::size_t at) {
    const auto found = labels_.find(static_cast<std::uint32_t>(at));
    if (found != labels_.end()) text_ += found->second + ":\n";
  }

  void put(const instruction& one) {
    (text_ += "  ") += to_string(one.what);
    if (argument_of(one.what) != argument_kind::none) text_ += ' ' + argument(one);
    text_ += '\n';
  }

  [[nodiscard]] std::string argument(const instruction& one) const {
    const auto entry = [&](const std::vector<std::string>& names) {
      const std::string& name = names.at(one.argument);
      const bool first = std::ranges::find(names, name) - names.begin() == one.argument;
      return first ? shown_name(name) : '@' + std::to_string(one.argument);
    };
    switch (argument_of(one.what)) {
      case argument_kind::constant: {
        const constant& value = code_.constants.at(one.argument);
        const bool first = std::ranges::find(code_.constants, value) - code_.constants.begin() == one.argument;
        return first ? shown(value) : '@' + std::to_string(one.argument);
      }
      case argument_kind::identifier: return entry(code_.names);
      case argument_kind::local: return entry(code_.locals);
      case argument_kind::cell: {
        std::vector<std::string> both = code_.cells;
        both.insert(both.end(), code_.free.begin(), code_.free.end());
        return entry(both);
      }
      case argument_kind::jump: return labels_.at(one.argument);
      case argument_kind::comparison: return std::string(to_string(static_cast<comparison>(one.argument)));
      default: return std::to_string(one.argument);
    }
  }

  [[nodiscard]] std::string shown(const constant& what) const {
    if (const auto* const code = std::get_if<constant::code>(&what.what)) return "code " + std::to_string(code->index);
    const auto* const parts = std::get_if<constant::tuple>(&what.what);
    if (parts == nullptr) return repr(what, of_);
    std::string result;
    for (const constant& part : *parts) result += (result.empty() ? "(" : ", ") + shown(part);
    return result.empty() ? "()" : result + (parts->size() == 1 ? ",)" : ")");
  }

  const program& of_;
  const code_object& code_;
  std::size_t index_;
  std::map<std::uint32_t, std::string> labels_;
  std::string text_;
};

}  // namespace

std::string to_assembly(const program& what) {
  std::string result = ".file " + repr(what.file) + '\n';
  for (const std::string& line : what.text) result += ".text " + repr(line) + '\n';
  for (std::size_t code = 0; code < what.codes.size(); ++code) result += code_writer(what, code).run();
  return result;
}

}  // namespace heddle::python
