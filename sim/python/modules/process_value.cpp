// multiprocessing.Value: a number in memory that processes share. Its loads and stores are points of choice, since no
// interpreter's lock orders those of several processes.
#include <memory>

#include "python/modules/lock_object.hpp"
#include "python/modules/process_object.hpp"
#include "python/modules/waiting.hpp"
#include "python/shared_variable.hpp"

namespace heddle::python {
namespace {

class shared_number final : public instance_object {
 public:
  explicit shared_number(const class_object& of) : instance_object(of) {}
  std::unique_ptr<shared_variable> variable;
  value held, its_lock;
  bool is_real = false;

  void visit(const visitor& see) override {
    instance_object::visit(see);
    see(its_lock);
  }
  heap_object* copy(interpreter& /*to*/) const override { return nullptr; }
};

shared_number& self_of(thread_state& by, value of) { return self_as<shared_number>(by, of); }

void publish(const thread_state& by, const shared_number& self, sim::operation_kind kind) {
  sim::simulator::current().publish({.kind = kind,
                                     .target = self.variable.get(),
                                     .argument = static_cast<std::uint64_t>(by.present_opcode()),
                                     .where = by.where()});
}

value load(thread_state& by, const arguments& given) {
  const parameters with(by, "value(self)", given);
  shared_number& self = self_of(by, with[0]);
  publish(by, self, sim::operation_kind::load);
  const value seen = self.held;
  sim::simulator::current().performed(sim::effect::read, true, [&] {
    return sim::event_values{shown_value(by, seen), {}};
  });
  return seen;
}

value converted(thread_state& by, const shared_number& self, value from) {
  if (!self.is_real) return value(integer_of(by, from));
  if (from.is_real()) return from;
  return value(static_cast<double>(integer_of(by, from)));
}

value store(thread_state& by, const arguments& given) {
  const parameters with(by, "value(self, value)", given);
  shared_number& self = self_of(by, with[0]);
  const value next = converted(by, self, with[1]);
  publish(by, self, sim::operation_kind::store);
  self.held = next;
  sim::simulator::current().performed(sim::effect::write, true, [&] {
    return sim::event_values{{}, shown_value(by, next)};
  });
  return value::none();
}

value get_lock(thread_state& by, const arguments& given) {
  const parameters with(by, "get_lock(self)", given);
  return self_of(by, with[0]).its_lock;
}

constexpr native_entry methods[] = {{"get_lock", get_lock}};

const class_object& number_class() {
  static const class_object& made = []() -> const class_object& {
    class_object& its = make_module_class("multiprocessing.sharedctypes", "Synchronized", methods, nullptr);
    its.may_be_derived = false;
    add_property(its, "value", load, store);
    return its;
  }();
  return made;
}

value make_value(thread_state& by, const arguments& given) {
  const parameters with(by, "Value(typecode, first=, *, lock=)", given);
  const string_object* const code = as_string(with[0]);
  const bool is_real = code != nullptr && (code->text == "d" || code->text == "f");
  if (!is_real && (code == nullptr || code->text.size() != 1 ||
                   std::string_view("bBhHiIlLqQ").find(code->text) == std::string_view::npos)) {
    raise_type_error(by, "Heddle's Value holds an int ('i', 'l', 'q', ...) or a float ('d', 'f')");
  }
  auto* const made = by.process.make<shared_number>(by, number_class());
  made->is_real = is_real;
  made->held = converted(by, *made, with.or_else(1, value(std::int64_t{0})));
  const std::string called = name_from_assignment(by);
  made->variable = std::make_unique<shared_variable>(called, by.where());
  made->its_lock = value(&new_process_rlock(by, called.empty() ? called : called + "'s lock"));
  return value(made);
}

}  // namespace

void add_process_values(module_object& to) {
  static constexpr native_entry functions[] = {{"Value", make_value}};
  add_functions(to, functions);
}

}  // namespace heddle::python
