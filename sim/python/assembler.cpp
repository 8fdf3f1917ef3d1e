#include <heddle/python/assembler.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include <heddle/python/code_builder.hpp>

#include "python/assembly_reader.hpp"

namespace heddle::python {
namespace {

/** The code object that is being read. */
struct open_code {
  struct named_label {
    label place;
    std::size_t first_line = 0;  // where it was first named, for a complaint
    bool placed = false;
  };

  code_builder body;
  std::size_t begins;  // its line in the text
  std::map<std::string, named_label, std::less<>> labels;
};

class assembler {
 public:
  program run(std::string_view text) {
    for (std::size_t line = 1; !text.empty(); ++line) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      assembly_reader reader(text.substr(0, end), line);
      text.remove_prefix(std::min(end + 1, text.size()));
      line_ = line;
      if (!reader.at_end()) read(reader);
    }
    finish_code();
    if (made_.codes.empty())
      throw assembly_error(std::max<std::size_t>(line_, 1), "begin a code object with .code <module>");
    for (const auto& [index, line] : mentioned_) {
      if (index >= made_.codes.size()) {
        throw assembly_error(line, "there is no code " + std::to_string(index) + "; the last one is code " +
                                       std::to_string(made_.codes.size() - 1));
      }
    }
    return std::move(made_);
  }

 private:
  using directive = void (assembler::*)(assembly_reader&);

  void read(assembly_reader& reader) {
    std::string word(reader.word());
    while (!word.starts_with('.') && reader.take(':')) {
      place(reader, word);
      if (reader.at_end()) return;
      word = reader.word();
    }
    if (word.starts_with('.')) {
      read_directive(reader, word);
    } else if (const auto what = opcode_named(word)) {
      emit(reader, *what);
    } else {
      reader.fail("there is no opcode " + (word.empty() ? "here" : word) +
                  "; they are called as in Python's dis, LOAD_CONST for example");
    }
    reader.must_end();
  }

  void read_directive(assembly_reader& reader, std::string_view word) {
    struct row {
      std::string_view name;
      directive read;
      bool before_code = false;          // of the program
      bool before_instructions = false;  // they number what instructions use
    };
    static constexpr std::array rows{
        row{".file", &assembler::file, true},
        row{".text", &assembler::source, true},
        row{".code", &assembler::code},
        row{".line", &assembler::set_line},
        row{".first_line", &assembler::first_line, false, true},
        row{".kind", &assembler::kind, false, true},
        row{".qualified", &assembler::qualified, false, true},
        row{".locals", &assembler::locals, false, true},
        row{".cells", &assembler::cells, false, true},
        row{".free", &assembler::free, false, true},
        row{".names", &assembler::names, false, true},
        row{".constants", &assembler::constants, false, true},
    };
    const auto* const found = std::ranges::find(rows, word, &row::name);
    if (found == rows.end()) {
      std::string all;
      for (const row& each : rows) (all += ' ') += each.name;
      reader.fail("there is no directive " + std::string(word) + "; there are" + all);
    }
    if (found->before_code && open_) reader.fail("put " + std::string(word) + " before the first .code");
    if (found->before_instructions && in_code(reader).body.size() > 0) {
      reader.fail("put " + std::string(word) + " before the instructions");
    }
    (this->*found->read)(reader);
  }

  open_code& in_code(const assembly_reader& reader) {
    if (!open_) reader.fail("begin a code object first, with .code <module>");
    return *open_;
  }

  void file(assembly_reader& reader) { made_.file = reader.string(); }
  void source(assembly_reader& reader) { made_.text.push_back(reader.string()); }

  void code(assembly_reader& reader) {
    finish_code();
    std::string name = reader.name();
    const code_kind kind = made_.codes.empty() ? code_kind::module : code_kind::function;
    open_.emplace(open_code{code_builder(std::move(name), 1, kind), line_, {}});
    if (reader.take('(')) signature(reader, open_->body.object());
  }

  // As Python writes it: a, b, /, c, *rest, d, **named; the local variables are in the order of code_object.
  static void signature(assembly_reader& reader, code_object& made) {
    std::vector<std::string> by_name;
    std::vector<std::string> rests;
    bool starred = false;
    for (bool first = true; !reader.take(')'); first = false) {
      if (!first && !reader.take(',')) reader.expected("a comma or )");
      if (made.takes_named_rest) reader.fail("put nothing after the argument with **");
      if (reader.take('/')) {
        if (starred || made.positional == 0 || made.only_by_position != 0) {
          reader.fail("put one / after arguments, and before any *");
        }
        made.only_by_position = made.positional;
      } else if (reader.take('*')) {
        if (reader.take('*')) {
          made.takes_named_rest = true;
          rests.push_back(reader.name());
          continue;
        }
        if (starred) reader.fail("put one * only");
        starred = true;
        if (!reader.name_follows()) continue;
        made.takes_rest = true;
        rests.push_back(reader.name());
      } else if (starred) {
        by_name.push_back(reader.name());
      } else {
        made.locals.push_back(reader.name());
        made.positional = static_cast<std::uint32_t>(made.locals.size());
      }
    }
    made.only_by_name = static_cast<std::uint32_t>(by_name.size());
    made.locals.insert(made.locals.end(), by_name.begin(), by_name.end());
    made.locals.insert(made.locals.end(), rests.begin(), rests.end());
  }

  void set_line(assembly_reader& reader) { in_code(reader).body.at_line(reader.number()); }
  void first_line(assembly_reader& reader) {
    const std::uint32_t line = reader.number();
    open_->body.object().first_line = line;
    open_->body.at_line(line);
  }
  void kind(assembly_reader& reader) {
    constexpr std::array<std::string_view, 3> names{"module", "function", "class_body"};
    const auto* const found = std::ranges::find(names, reader.name());
    if (found == names.end()) reader.fail("write .kind module, .kind function or .kind class_body");
    open_->body.object().kind = static_cast<code_kind>(found - names.begin());
  }
  void qualified(assembly_reader& reader) { open_->body.object().qualified_name = reader.string(); }

  void locals(assembly_reader& reader) { append(open_->body.object().locals, reader.names()); }
  void cells(assembly_reader& reader) { append(open_->body.object().cells, reader.names()); }
  void free(assembly_reader& reader) { append(open_->body.object().free, reader.names()); }
  void names(assembly_reader& reader) { append(open_->body.object().names, reader.names()); }
  void constants(assembly_reader& reader) {
    do {
      open_->body.object().constants.push_back(constant(reader));
    } while (reader.take(','));
  }
  static void append(std::vector<std::string>& to, const std::vector<std::string>& names) {
    to.insert(to.end(), names.begin(), names.end());
  }

  python::constant constant(assembly_reader& reader) {
    python::constant result = reader.constant();
    mention_codes(result);
    return result;
  }
  void mention_codes(const python::constant& in) {
    if (const auto* const code = std::get_if<constant::code>(&in.what)) mentioned_.emplace_back(code->index, line_);
    if (const auto* const parts = std::get_if<constant::tuple>(&in.what)) {
      for (const python::constant& part : *parts) mention_codes(part);
    }
  }

  void place(assembly_reader& reader, const std::string& name) {
    if (!is_bare_name(name)) reader.fail("put a name before the colon");
    open_code::named_label& its = label_named(reader, name);
    if (its.placed) reader.fail("label " + name + " is placed twice; give one another name");
    its.placed = true;
    open_->body.place(its.place);
  }

  open_code::named_label& label_named(const assembly_reader& reader, const std::string& name) {
    open_code& in = in_code(reader);
    const auto found = in.labels.find(name);
    if (found != in.labels.end()) return found->second;
    return in.labels.emplace(name, open_code::named_label{in.body.new_label(), line_, false}).first->second;
  }

  void emit(assembly_reader& reader, opcode what) {
    code_builder& body = in_code(reader).body;
    const argument_kind kind = argument_of(what);
    if (kind == argument_kind::none) {
      body.emit(what);
    } else if (reader.at_end()) {
      reader.fail("write an argument after " + std::string(to_string(what)));
    } else if (kind == argument_kind::jump) {
      body.emit(what, label_named(reader, reader.name()).place);
    } else {
      body.emit(what, argument(reader, kind));
    }
  }

  std::uint32_t argument(assembly_reader& reader, argument_kind kind) {
    code_builder& body = open_->body;
    if (kind == argument_kind::number) return reader.number();
    if (kind == argument_kind::comparison) return comparison_named(reader);
    if (reader.take('@')) return by_number(reader, entries_of(body.object(), kind));
    switch (kind) {
      case argument_kind::constant: return body.constant(constant(reader));
      case argument_kind::identifier: return body.name(reader.name());
      case argument_kind::local: return body.local(reader.name());
      default: break;
    }
    const std::string name = reader.name();
    try {
      return body.cell(name);
    } catch (const std::out_of_range&) {
      reader.fail("there is no cell or free variable " + name + "; list it with .cells or .free");
    }
  }

  static std::size_t entries_of(const code_object& code, argument_kind kind) {
    switch (kind) {
      case argument_kind::constant: return code.constants.size();
      case argument_kind::identifier: return code.names.size();
      case argument_kind::local: return code.locals.size();
      default: return code.cells.size() + code.free.size();
    }
  }

  static std::uint32_t by_number(assembly_reader& reader, std::size_t entries) {
    const std::uint32_t number = reader.number();
    if (number >= entries) {
      reader.fail("@" + std::to_string(number) + " is too much: " + std::to_string(entries) + " are listed so far");
    }
    return number;
  }

  static std::uint32_t comparison_named(assembly_reader& reader) {
    const std::string_view name = reader.word();
    for (std::uint32_t number = 0; number < comparison_count; ++number) {
      if (name == to_string(static_cast<comparison>(number))) return number;
    }
    reader.fail("write one of < <= == != > >=");
  }

  void finish_code() {
    if (!open_) return;
    for (const auto& [name, its] : open_->labels) {
      if (!its.placed)
        throw assembly_error(its.first_line,
                             "label " + name + " stands nowhere; put " + name + ": before an instruction");
    }
    try {
      made_.codes.push_back(open_->body.finish());
    } catch (const std::logic_error& wrong) {
      throw assembly_error(open_->begins, wrong.what());
    }
    open_.reset();
  }

  program made_;
  std::optional<open_code> open_;
  std::vector<std::pair<std::uint32_t, std::size_t>> mentioned_;  // code objects, and in which lines
  std::size_t line_ = 0;
};

}  // namespace

program assemble(std::string_view text) { return assembler().run(text); }

}  // namespace heddle::python
