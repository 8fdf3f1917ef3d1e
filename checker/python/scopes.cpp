#include "scopes.hpp"

#include <array>
#include <utility>

namespace heddle::checker::python {
namespace {

bool is_comprehension(const syntax_node& what) {
  return what.is("ListComp") || what.is("SetComp") || what.is("DictComp") || what.is("GeneratorExp");
}

/** Walks the tree and notes which scope binds and uses which names. */
class name_collector {
 public:
  explicit name_collector(std::vector<scope>& into) : scopes_(into) {}

  void module(syntax_node& what) {
    scopes_.push_back({});
    visit_fields(what);
  }

 private:
  scope& here() { return scopes_[current_]; }

  void bind(const std::string& name) { here().bound.insert(here().private_name(name)); }
  void use(const std::string& name) { here().used.insert(here().private_name(name)); }

  void visit_fields(syntax_node& what) {
    for (node_field& field : what.fields) visit_all(field.nodes);
  }
  void visit_all(std::vector<syntax_node>& nodes) {
    for (syntax_node& each : nodes) visit(each);
  }
  /** What is in a field, if it is there. */
  void visit_field(syntax_node& of, std::string_view name) {
    for (node_field& field : of.fields) {
      if (field.name == name) visit_all(field.nodes);
    }
  }

  template <class Body>
  void inner(syntax_node& what, scope_kind kind, Body body) {
    scope made;
    made.kind = kind;
    made.parent = current_;
    made.class_name = here().class_name;
    what.scope = static_cast<std::uint32_t>(scopes_.size());
    const std::uint32_t outer = std::exchange(current_, what.scope);
    scopes_.push_back(std::move(made));
    body();
    current_ = outer;
  }

  void argument(const syntax_node& what) {
    if (!what) return;
    bind(what.text("arg"));
    here().arguments.push_back(here().private_name(what.text("arg")));
  }

  void function(syntax_node& what) {
    visit_field(what, "decorator_list");
    for (node_field& field : what.fields) {
      if (field.name != "args") continue;
      visit_field(field.nodes.front(), "defaults");
      visit_field(field.nodes.front(), "kw_defaults");
    }
    if (!what.is("Lambda")) bind(what.text("name"));
    inner(what, scope_kind::function, [&] {
      const syntax_node& arguments = what.at("args");
      for (const std::string_view kind : {"posonlyargs", "args", "kwonlyargs"}) {
        for (const syntax_node& each : arguments.all(kind)) argument(each);
      }
      argument(arguments.maybe("vararg"));
      argument(arguments.maybe("kwarg"));
      visit_field(what, "body");
    });
  }

  void class_body(syntax_node& what) {
    visit_field(what, "decorator_list");
    visit_field(what, "bases");
    visit_field(what, "keywords");
    bind(what.text("name"));
    inner(what, scope_kind::class_body, [&] {
      const std::string& name = what.text("name");
      const std::size_t begin = name.find_first_not_of('_');
      here().class_name = begin == std::string::npos ? "" : name.substr(begin);
      visit_field(what, "body");
    });
  }

  // The first iterable is evaluated outside.
  void comprehension(syntax_node& what) {
    node_field* generators = nullptr;
    for (node_field& field : what.fields) {
      if (field.name == "generators") generators = &field;
    }
    if (generators == nullptr || generators->nodes.empty()) throw malformed_tree("a comprehension without a for");
    visit_field(generators->nodes.front(), "iter");
    inner(what, scope_kind::comprehension, [&] {
      here().arguments.push_back(".0");
      here().bound.insert(".0");
      bool first = true;
      for (syntax_node& each : generators->nodes) {
        bind_target(each, "target");
        if (!std::exchange(first, false)) visit_field(each, "iter");
        visit_field(each, "ifs");
      }
      for (const std::string_view part : {"elt", "key", "value"}) visit_field(what, part);
    });
  }

  /** Names in it are bound; the rest of it (a subscript's index, ...) is used. */
  void bind_target(syntax_node& of, std::string_view field_name) {
    for (node_field& field : of.fields) {
      if (field.name != field_name) continue;
      for (syntax_node& each : field.nodes) target(each);
    }
  }
  void target(syntax_node& what) {
    if (what.is("Name")) {
      bind(what.text("id"));
    } else if (what.is("Tuple") || what.is("List")) {
      bind_target(what, "elts");
    } else if (what.is("Starred")) {
      bind_target(what, "value");
    } else {
      visit(what);
    }
  }

  // `:=` in a comprehension binds in the function around it.
  void named_expression(syntax_node& what) {
    visit_field(what, "value");
    const std::string name = here().private_name(what.at("target").text("id"));
    const std::uint32_t inside = current_;
    while (here().kind == scope_kind::comprehension) current_ = here().parent;
    const bool global = !here().is_function() || here().declared_global.contains(name);
    here().bound.insert(name);
    const std::uint32_t owner = std::exchange(current_, inside);
    for (std::uint32_t at = inside; at != owner; at = scopes_[at].parent) {
      (global ? scopes_[at].declared_global : scopes_[at].declared_nonlocal).insert(name);
    }
  }

  void import(const syntax_node& what) {
    for (const syntax_node& each : what.all("names")) {
      const std::string& name = each.text("name");
      const std::string& renamed = each.text("asname");
      bind(renamed.empty() ? name.substr(0, name.find('.')) : renamed);
    }
  }

  void nonlocals(const syntax_node& what) {
    for (const syntax_node& each : what.all("names")) {
      here().declared_nonlocal.insert(here().private_name(each.text("id")));
    }
  }

  // As in CPython: once it is declared anywhere, the module itself has it as a global, too, not just as a name.
  void globals(const syntax_node& what) {
    for (const syntax_node& each : what.all("names")) {
      const std::string name = here().private_name(each.text("id"));
      here().declared_global.insert(name);
      scopes_.front().declared_global.insert(name);
    }
  }

  // super() needs to know the class that it stands in.
  void call(syntax_node& what) {
    if (what.at("func").is("Name") && what.at("func").text("id") == "super" && what.all("args").empty()) {
      use("__class__");
    }
    visit_fields(what);
  }

  void visit(syntax_node& what) {
    struct row {
      std::string_view type;
      void (*visit)(name_collector&, syntax_node&);
    };
    using self = name_collector;
    static constexpr std::array table{
        row{"FunctionDef", [](self& it, syntax_node& on) { it.function(on); }},
        row{"Lambda", [](self& it, syntax_node& on) { it.function(on); }},
        row{"ClassDef", [](self& it, syntax_node& on) { it.class_body(on); }},
        row{"Name", [](self& it, syntax_node& on) { it.use(on.text("id")); }},
        row{"NamedExpr", [](self& it, syntax_node& on) { it.named_expression(on); }},
        row{"Call", [](self& it, syntax_node& on) { it.call(on); }},
        row{"Import", [](self& it, syntax_node& on) { it.import(on); }},
        row{"ImportFrom", [](self& it, syntax_node& on) { it.import(on); }},
        row{"Global", [](self& it, syntax_node& on) { it.globals(on); }},
        row{"Nonlocal", [](self& it, syntax_node& on) { it.nonlocals(on); }},
    };
    for (const row& each : table) {
      if (what.is(each.type)) return each.visit(*this, what);
    }
    if (is_comprehension(what)) return comprehension(what);
    if (what.is("ExceptHandler") && !what.text("name").empty()) bind(what.text("name"));
    for (const std::string_view field : {"target", "targets", "optional_vars"}) bind_target(what, field);
    for (node_field& field : what.fields) {
      const bool bound = field.name == "target" || field.name == "targets" || field.name == "optional_vars";
      if (!bound) visit_all(field.nodes);
    }
  }

  std::vector<scope>& scopes_;
  std::uint32_t current_ = 0;
};

/** Finds the cells and the free variables of a scope and of those in it; the names that it needs from outside. */
class resolver {
 public:
  explicit resolver(std::vector<scope>& of) : scopes_(of), inner_(of.size()) {
    for (std::uint32_t i = 1; i < of.size(); ++i) inner_[of[i].parent].push_back(i);
  }

  /** `visible`: variables of the functions around. */
  const std::set<std::string>& resolve(std::uint32_t which, const std::set<std::string>& visible) {
    scope& own = scopes_[which];
    for (const std::set<std::string>* names : {&own.used, &own.bound, &own.declared_nonlocal}) {
      for (const std::string& each : *names) {
        const bool is_own = own.bound.contains(each) && !own.declared_nonlocal.contains(each);
        if (!is_own && !own.declared_global.contains(each) && visible.contains(each)) own.outer.insert(each);
      }
    }
    own.free = own.outer;
    std::set<std::string> visible_inside = visible;
    if (own.kind == scope_kind::class_body) visible_inside.insert("__class__");
    if (own.is_function()) {
      for (const std::string& each : own.declared_global) visible_inside.erase(each);
      for (const std::string& each : own.bound) {
        if (!own.declared_global.contains(each)) visible_inside.insert(each);
      }
    }
    for (const std::uint32_t each : inner_[which]) {
      for (const std::string& name : resolve(each, visible_inside))
        (owns(own, name) ? own.cells : own.free).insert(name);
    }
    return own.free;
  }

 private:
  static bool owns(const scope& one, const std::string& name) {
    if (one.kind == scope_kind::class_body) return name == "__class__";
    return one.bound.contains(name) && !one.declared_nonlocal.contains(name) && !one.declared_global.contains(name);
  }

  std::vector<scope>& scopes_;
  std::vector<std::vector<std::uint32_t>> inner_;
};

}  // namespace

std::string scope::private_name(const std::string& written) const {
  const bool is_private =
      written.starts_with("__") && !written.ends_with("__") && written.find('.') == std::string::npos;
  return !is_private || class_name.empty() ? written : "_" + class_name + written;
}

place_of_name scope::place_of(const std::string& name) const {
  if (declared_global.contains(name)) return place_of_name::global;
  if (outer.contains(name)) return place_of_name::cell_or_free;
  if (!is_function()) return place_of_name::named;
  if (cells.contains(name)) return place_of_name::cell_or_free;
  return bound.contains(name) ? place_of_name::local : place_of_name::global;
}

std::vector<scope> find_scopes(syntax_node& module) {
  std::vector<scope> scopes;
  name_collector(scopes).module(module);
  resolver(scopes).resolve(0, {});
  return scopes;
}

}  // namespace heddle::checker::python
