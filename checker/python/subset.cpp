#include "subset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace heddle::checker::python {
namespace {

constexpr std::array<std::string_view, 6> modules{"threading", "_thread", "queue", "time", "multiprocessing", "sys"};

/** What takes all of its only argument, so that a list serves it as well as a generator. */
constexpr auto consumers = std::to_array<std::string_view>(
    {"sum", "min", "max", "any", "all", "list", "tuple", "set", "frozenset", "dict", "sorted", "enumerate"});

/** Types of nodes that are refused wherever they stand. */
struct refused_type {
  std::string_view type;
  std::string_view text;
};
constexpr std::array refused_types{
    refused_type{"Yield", "generators are not supported: fill a list and return it"},
    refused_type{"YieldFrom", "generators are not supported: fill a list and return it"},
    refused_type{"Await", "async and await are not supported: use threads"},
    refused_type{"AsyncFunctionDef", "async and await are not supported: use def and threads"},
    refused_type{"AsyncFor", "async and await are not supported: use for"},
    refused_type{"AsyncWith", "async and await are not supported: use with"},
    refused_type{"Match", "match is not supported: use if and elif"},
    refused_type{"TryStar", "except* is not supported: use except"},
    refused_type{"TypeAlias", "type statements are not supported: leave it out"},
    refused_type{"MatMult", "the operator @ is not supported: call a function"},
    refused_type{"TemplateStr", "t-strings are not supported: use an f-string"},
};

/** Builtins that are not there: the machine has no files, and no compiler. */
struct refused_name {
  std::string_view name;
  std::string_view text;
};
constexpr std::array refused_names{
    refused_name{"open", "files are not supported: keep the text in a variable"},
    refused_name{"input", "input is not supported: write the value into the program"},
    refused_name{"eval", "eval is not supported: write the expression itself"},
    refused_name{"exec", "exec is not supported: write the statements themselves"},
    refused_name{"compile", "compile is not supported: write the code itself"},
    refused_name{"__import__", "__import__ is not supported: use import"},
    refused_name{"globals", "globals is not supported: name the variable"},
    refused_name{"locals", "locals is not supported: name the variable"},
    refused_name{"breakpoint", "breakpoint is not supported: use print, or heddle's --trace"},
    refused_name{"bytes", "bytes are not supported: use a string"},
    refused_name{"bytearray", "bytes are not supported: use a list of numbers"},
    refused_name{"memoryview", "bytes are not supported: use a list of numbers"},
    refused_name{"complex", "complex numbers are not supported: use a tuple of two floats"},
};

/** Builtin classes whose objects have no attributes of their own. */
constexpr auto final_classes = std::to_array<std::string_view>(
    {"int",         "float",     "bool",      "str",  "list",     "tuple",  "dict",
     "set",         "frozenset", "range",     "type", "property", "super",  "staticmethod",
     "classmethod", "slice",     "enumerate", "zip",  "map",      "filter", "reversed"});
/** What a class may define and nobody would look at. */
constexpr std::array refused_members{
    refused_name{"__getattribute__", "__getattribute__ is not supported: use a property, or a method"},
    refused_name{"__delattr__", "__delattr__ is not supported: use a method"},
    refused_name{"__new__", "__new__ is not supported: use __init__, or a function that makes the object"},
    refused_name{"__del__", "__del__ is not supported, since nothing is freed before the end: use with"},
    refused_name{"__slots__", "__slots__ is not supported: leave it out"},
    refused_name{"__get__", "descriptors are not supported: use a property"},
    refused_name{"__set__", "descriptors are not supported: use a property"},
    refused_name{"__delete__", "descriptors are not supported: use a property"},
    refused_name{"__set_name__", "descriptors are not supported: use a property"},
    refused_name{"__init_subclass__", "__init_subclass__ is not supported: call a function after the class"},
    refused_name{"__class_getitem__", "__class_getitem__ is not supported: use a class method"},
};

/** All that the compiler knows, besides what is refused. A newer Python may have more. */
constexpr auto known_types = std::to_array<std::string_view>({"Module",
                                                              "FunctionDef",
                                                              "ClassDef",
                                                              "Return",
                                                              "Delete",
                                                              "Assign",
                                                              "AugAssign",
                                                              "AnnAssign",
                                                              "For",
                                                              "While",
                                                              "If",
                                                              "With",
                                                              "Raise",
                                                              "Try",
                                                              "Assert",
                                                              "Import",
                                                              "ImportFrom",
                                                              "Global",
                                                              "Nonlocal",
                                                              "Expr",
                                                              "Pass",
                                                              "Break",
                                                              "Continue",
                                                              "BoolOp",
                                                              "NamedExpr",
                                                              "BinOp",
                                                              "UnaryOp",
                                                              "Lambda",
                                                              "IfExp",
                                                              "Dict",
                                                              "Set",
                                                              "ListComp",
                                                              "SetComp",
                                                              "DictComp",
                                                              "Compare",
                                                              "Call",
                                                              "JoinedStr",
                                                              "FormattedValue",
                                                              "Constant",
                                                              "Attribute",
                                                              "Subscript",
                                                              "Starred",
                                                              "Name",
                                                              "List",
                                                              "Tuple",
                                                              "Slice",
                                                              "GeneratorExp",
                                                              "And",
                                                              "Or",
                                                              "Add",
                                                              "Sub",
                                                              "Mult",
                                                              "Div",
                                                              "Mod",
                                                              "Pow",
                                                              "LShift",
                                                              "RShift",
                                                              "BitOr",
                                                              "BitXor",
                                                              "BitAnd",
                                                              "FloorDiv",
                                                              "Invert",
                                                              "Not",
                                                              "UAdd",
                                                              "USub",
                                                              "Eq",
                                                              "NotEq",
                                                              "Lt",
                                                              "LtE",
                                                              "Gt",
                                                              "GtE",
                                                              "Is",
                                                              "IsNot",
                                                              "In",
                                                              "NotIn",
                                                              "alias",
                                                              "arg",
                                                              "arguments",
                                                              "keyword",
                                                              "withitem",
                                                              "comprehension",
                                                              "ExceptHandler"});

bool is_one_of(const auto& names, std::string_view what) {
  return std::find(names.begin(), names.end(), what) != names.end();
}

class checker {
 public:
  explicit checker(const std::vector<scope>& scopes) : scopes_(scopes) {}

  void visit(const syntax_node& what) {
    if (!what) return;
    const std::uint32_t outer_line = line_;
    const std::uint32_t outer_scope = scope_;
    if (what.line != 0) line_ = what.line;
    if (check(what)) visit_parts(what);
    line_ = outer_line;
    scope_ = outer_scope;
  }

  std::vector<refusal> take() {
    std::stable_sort(found_.begin(), found_.end(), [](const refusal& a, const refusal& b) { return a.line < b.line; });
    const auto same = [](const refusal& a, const refusal& b) { return a.line == b.line && a.text == b.text; };
    found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
    return std::move(found_);
  }

 private:
  void visit_parts(const syntax_node& what) {
    if (what.scope != 0) scope_ = what.scope;
    for (const node_field& field : what.fields) {
      if (field.name == "type_params") continue;
      for (const syntax_node& each : field.nodes) visit(each);
    }
  }

  void refuse(std::string text) { found_.push_back({line_, std::move(text)}); }

  /** Whether it is known; of what is in anything else, nothing needs to be said. */
  bool check(const syntax_node& what) {
    struct row {
      std::string_view type;
      void (checker::*check)(const syntax_node&);
    };
    static constexpr std::array table{
        row{"Constant", &checker::constant},
        row{"Name", &checker::name},
        row{"Import", &checker::import},
        row{"ImportFrom", &checker::import_from},
        row{"ClassDef", &checker::class_definition},
        row{"Call", &checker::call},
        row{"GeneratorExp", &checker::generator},
        row{"comprehension", &checker::comprehension},
    };
    for (const refused_type& each : refused_types) {
      if (!what.is(each.type)) continue;
      refuse(std::string(each.text));
      return false;
    }
    if (!is_one_of(known_types, what.type)) {
      refuse(fmt::format("{} is not supported: write it in an older Python's way", what.type));
      return false;
    }
    if (!what.all("type_params").empty()) refuse("type parameters are not supported: leave them out");
    for (const row& each : table) {
      if (what.is(each.type)) (this->*each.check)(what);
    }
    return true;
  }

  void constant(const syntax_node& what) {
    const std::string& type = what.text("type");
    if (type == "bytes") refuse("bytes are not supported: use a string");
    if (type == "complex") refuse("complex numbers are not supported: use a tuple of two floats");
    if (type == "surrogates") refuse("lone surrogates in strings are not supported: use characters of Unicode");
  }

  [[nodiscard]] bool is_defined(const std::string& name) const {
    const scope& here = scopes_.at(scope_);
    const place_of_name place = here.place_of(name);
    if (place == place_of_name::local || place == place_of_name::cell_or_free) return true;
    return here.bound.contains(name) || scopes_.front().bound.contains(name);
  }

  // One that the program defines itself is the program's.
  void name(const syntax_node& what) {
    const std::string& name = what.text("id");
    if (is_defined(name)) return;
    for (const refused_name& each : refused_names) {
      if (each.name == name) refuse(std::string(each.text));
    }
  }

  void module(const std::string& name) {
    if (is_one_of(modules, name)) return;
    refuse(
        fmt::format("there is no module {}: there are threading, _thread, queue, time, multiprocessing and sys", name));
  }

  void import(const syntax_node& what) {
    for (const syntax_node& each : what.all("names")) module(each.text("name"));
  }

  void import_from(const syntax_node& what) {
    const std::string& level = what.text("level");
    if (level != "0" && !level.empty()) return refuse("relative imports are not supported: put it all into one file");
    if (what.text("module") == "__future__") return;
    module(what.text("module"));
    for (const syntax_node& each : what.all("names")) {
      if (each.text("name") == "*") refuse("import * is not supported: name what to import");
    }
  }

  void class_definition(const syntax_node& what) {
    for (const syntax_node& each : what.all("keywords")) {
      const std::string& name = each.text("arg");
      refuse(name == "metaclass" ? "metaclasses are not supported: leave the metaclass out"
                                 : fmt::format("the keyword {} of a class is not supported: leave it out",
                                               name.empty() ? "argument **" : name));
    }
    for (const syntax_node& each : what.all("bases")) {
      if (each.is("Name") && is_one_of(final_classes, each.text("id")) && !is_defined(each.text("id"))) {
        refuse(fmt::format("a class cannot derive from {}: hold one in an attribute instead", each.text("id")));
      }
      if (each.is("Starred")) refuse("* among the bases of a class is not supported: name them");
    }
    for (const syntax_node& each : what.all("body")) {
      if (each.is("FunctionDef")) member(each, each.text("name"));
      for (const syntax_node& target : each.is("Assign") ? each.all("targets") : std::vector<syntax_node>()) {
        if (target.is("Name")) member(target, target.text("id"));
      }
    }
  }

  void member(const syntax_node& what, const std::string& name) {
    for (const refused_name& each : refused_members) {
      if (each.name == name) found_.push_back({what.line != 0 ? what.line : line_, std::string(each.text)});
    }
  }

  void call(const syntax_node& what) {
    const syntax_node& function = what.at("func");
    const std::vector<syntax_node>& arguments = what.all("args");
    const bool is_name = function.is("Name");
    const std::string& name = function.text(is_name ? "id" : "attr");
    if (arguments.size() == 1 && arguments.front().is("GeneratorExp") &&
        (is_name ? is_one_of(consumers, name) : name == "join")) {
      consumed_ = &arguments.front();
    }
    if (is_name && name == "super" && arguments.empty()) super();
  }

  // The class is known where a method's own code calls it.
  void super() {
    const scope& here = scopes_.at(scope_);
    const bool in_class = here.outer.contains("__class__");
    const bool in_method = here.kind == scope_kind::function && !here.arguments.empty();
    if (!in_class || !in_method) refuse("super() works in methods only: write super(CLASS, OBJECT)");
  }

  void generator(const syntax_node& what) {
    if (&what != consumed_) refuse("a generator expression is not supported here: write a list comprehension instead");
  }

  void comprehension(const syntax_node& what) {
    if (what.text("is_async") == "1") refuse("async and await are not supported: use for");
  }

  const std::vector<scope>& scopes_;
  std::vector<refusal> found_;
  const syntax_node* consumed_ = nullptr;
  std::uint32_t line_ = 1;
  std::uint32_t scope_ = 0;
};

}  // namespace

std::vector<refusal> outside_subset(const syntax_node& module, const std::vector<scope>& scopes) {
  checker walk(scopes);
  walk.visit(module);
  return walk.take();
}

}  // namespace heddle::checker::python
