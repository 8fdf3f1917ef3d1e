// Making a program ready to run.
#include <algorithm>
#include <map>
#include <stdexcept>

#include <heddle/python/code_builder.hpp>
#include <heddle/python/run.hpp>

#include "python/interpreter.hpp"
#include "python/natives.hpp"

namespace heddle::python {
namespace {

using watch = loaded_program::watch;

class loader {
 public:
  explicit loader(program source) : made_(std::make_shared<loaded_program>()) {
    made_->source = std::move(source);
    if (made_->source.codes.empty()) throw std::invalid_argument("a program needs the code of its module");
  }

  std::shared_ptr<const loaded_program> load() {
    for (const code_object& each : made_->source.codes) {
      made_->codes.push_back(std::make_unique<loaded_code>());
      made_->codes.back()->source = &each;
      made_->codes.back()->of = made_.get();
    }
    for (const auto& each : made_->codes) load(*each);
    for (const name each : made_->globals) made_->builtins.push_back(builtin(each));
    watch_globals();
    note_stored_attributes();
    return made_;
  }

 private:
  void load(loaded_code& code) {
    const code_object& source = *code.source;
    check(source);
    for (const std::string& each : source.names) {
      code.names.push_back(intern(each));
      code.global_slots.push_back(slot_of(code.names.back()));
    }
    for (const std::string& each : source.locals) code.local_names.push_back(intern(each));
    for (const constant& each : source.constants) code.constants.push_back(value_of(each));
    for (const std::string& each : source.cells) {
      const auto argument = std::find(source.locals.begin(), source.locals.end(), each);
      code.cell_arguments.push_back(
          argument == source.locals.end() ? -1 : static_cast<std::int32_t>(argument - source.locals.begin()));
    }
    code.first_of_stack = static_cast<std::uint32_t>(source.locals.size() + source.cells.size() + source.free.size());
    code.frame_size = code.first_of_stack + stack_size_of(source);
  }

  [[noreturn]] static void malformed(const code_object& code, const std::string& text) {
    throw std::invalid_argument("the code of '" + code.name + "' is malformed: " + text);
  }

  void check(const code_object& code) const {
    const std::size_t arguments =
        std::size_t{code.positional} + code.only_by_name + (code.takes_rest ? 1 : 0) + (code.takes_named_rest ? 1 : 0);
    if (code.locals.size() < arguments) malformed(code, "it has fewer local variables than arguments");
    if (code.only_by_position > code.positional) malformed(code, "too many arguments are by position only");
    if (code.lines.size() != code.instructions.size()) malformed(code, "not every instruction has its line");
    if (code.instructions.empty()) malformed(code, "it has no instructions");
    for (std::size_t i = 0; i < code.instructions.size(); ++i) {
      const instruction each = code.instructions[i];
      if (each.argument >= limit_of(code, each)) {
        malformed(code, "instruction " + std::to_string(i) + ", " + std::string(to_string(each.what)) +
                            ", has an argument out of range");
      }
    }
    const opcode last = code.instructions.back().what;
    if (last != opcode::RETURN_VALUE && last != opcode::RERAISE && last != opcode::RAISE_VARARGS &&
        last != opcode::JUMP_ABSOLUTE && last != opcode::JUMP_FORWARD) {
      malformed(code, "it runs off its end");
    }
  }

  [[nodiscard]] static std::size_t limit_of(const code_object& code, instruction each) noexcept {
    switch (argument_of(each.what)) {
      case argument_kind::constant: return code.constants.size();
      case argument_kind::identifier: return code.names.size();
      case argument_kind::local: return code.locals.size();
      case argument_kind::cell: return code.cells.size() + code.free.size();
      case argument_kind::jump: return code.instructions.size();
      case argument_kind::comparison: return static_cast<std::size_t>(comparison::greater_equal) + 1;
      default: return SIZE_MAX;
    }
  }

  std::uint32_t slot_of(name global) {
    const auto [place, is_new] = slots_.try_emplace(global, static_cast<std::uint32_t>(made_->globals.size()));
    if (is_new) made_->globals.push_back(global);
    return place->second;
  }

  template <class Type, class... Args>
  value immortal(Args&&... args) {
    auto made = std::make_unique<Type>(std::forward<Args>(args)...);
    make_immortal(*made);
    const value result(made.get());
    made_->immortals.push_back(std::move(made));
    return result;
  }

  value value_of(const constant& of) {
    struct converter {
      loader& by;
      value operator()(constant::none) const { return value::none(); }
      value operator()(bool it) const { return value(it); }
      value operator()(std::int64_t it) const { return value(it); }
      value operator()(double it) const { return value(it); }
      value operator()(const std::string& it) const { return by.immortal<string_object>(it); }
      value operator()(const constant::tuple& it) const {
        std::vector<value> items;
        for (const constant& each : it) items.push_back(by.value_of(each));
        return by.immortal<tuple_object>(std::move(items));
      }
      value operator()(constant::code it) const {
        if (it.index >= by.made_->codes.size()) throw std::invalid_argument("a constant names no code of the program");
        return by.immortal<code_reference>(*by.made_->codes[it.index]);
      }
      value operator()(constant::ellipsis) const { return ellipsis_value(); }
      value operator()(const constant::big_integer& it) const {
        std::unique_ptr<heap_object> made = big_integer_of(it.digits);
        make_immortal(*made);
        const value result(made.get());
        by.made_->immortals.push_back(std::move(made));
        return result;
      }
    };
    return std::visit(converter{*this}, of.what);
  }

  // A variable that functions store to, or the module more than once, is one that threads may well change. What the
  // module defines once (functions, classes, imported modules, constants) could only change without the lock.
  void watch_globals() {
    made_->watches.assign(made_->globals.size(), watch::never);
    std::vector<std::uint32_t> stores(made_->globals.size());
    for (const auto& code : made_->codes) {
      const auto& instructions = code->source->instructions;
      bool started = false;  // threads that may look before it is defined
      for (std::size_t i = 0; i < instructions.size(); ++i) {
        const opcode what = instructions[i].what;
        if (argument_of(what) == argument_kind::identifier) {
          const std::string& called = code->source->names[instructions[i].argument];
          if (called == "start" || called == "start_new_thread") started = true;
        }
        const bool in_module = code->source->kind == code_kind::module;
        const bool by_name = what == opcode::STORE_NAME || what == opcode::DELETE_NAME;
        const bool global = what == opcode::STORE_GLOBAL || what == opcode::DELETE_GLOBAL;
        if (!global && !(by_name && in_module)) continue;
        const std::uint32_t slot = code->global_slots[instructions[i].argument];
        const opcode made_by = i > 0 ? instructions[i - 1].what : opcode::NOP;
        const bool defines = !started && (made_by == opcode::MAKE_FUNCTION || made_by == opcode::IMPORT_NAME ||
                                          made_by == opcode::IMPORT_FROM);
        watch& now = made_->watches[slot];
        if (!in_module || ++stores[slot] > 1) {
          now = watch::always;
        } else if (!defines && now == watch::never) {
          now = watch::without_lock;
        }
      }
    }
  }

  void note_stored_attributes() {
    for (const auto& code : made_->codes) {
      for (const instruction each : code->source->instructions) {
        const bool stores = each.what == opcode::STORE_ATTR || each.what == opcode::DELETE_ATTR;
        if (stores) made_->stored_attributes.insert(code->source->names[each.argument]);
      }
      for (const std::string& each : code->source->names) {
        if (each == "setattr" || each == "delattr") made_->stores_any_attribute = true;
      }
    }
  }

  std::shared_ptr<loaded_program> made_;
  std::map<name, std::uint32_t> slots_;  // looked up only
};

}  // namespace

executable load(program what) { return loader(std::move(what)).load(); }

}  // namespace heddle::python
