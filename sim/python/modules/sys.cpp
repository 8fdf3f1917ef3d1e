// The module sys: what of it concerns the programs that Heddle runs.
#include "python/modules/modules.hpp"
#include "python/natives.hpp"
#include "python/output.hpp"

namespace heddle::python {
namespace {

// ---- stdout and stderr

class output_stream final : public instance_object {
 public:
  output_stream(const class_object& of, bool errors) : instance_object(of), to_errors(errors) {}
  const bool to_errors;
};

value write(thread_state& by, const arguments& given) {
  const parameters with(by, "write(self, text)", given);
  const string_object* const text = as_string(with[1]);
  if (text == nullptr) {
    raise_type_error(by, "write() argument must be str, not " + class_of(with[1]).name_text);
  }
  const auto* const self = dynamic_cast<output_stream*>(with[0].is_object() ? with[0].object : nullptr);
  if (self == nullptr) raise_type_error(by, "write() needs sys.stdout or sys.stderr");
  write_output(by, text->text, self->to_errors);
  return value(static_cast<std::int64_t>(text->length()));
}

value flush(thread_state& /*by*/, const arguments& /*given*/) { return value::none(); }

constexpr native_entry stream_methods[] = {{"write", write}, {"flush", flush}};

value make_stream(bool to_errors) {
  static const class_object& of = []() -> const class_object& {
    class_object& its = make_builtin_class("TextIOWrapper", stream_methods);
    its.module_text = "_io";
    its.may_be_derived = false;
    return its;
  }();
  auto* const made = new output_stream(of, to_errors);  // for ever
  make_immortal(*made);
  return value(made);
}

// ---- the interpreter's lock

std::uint64_t turn_of(const thread_state& by) {
  constexpr std::uint64_t cost_of_counting = 1;  // a bytecode that takes a nanosecond: of an interval of time, its own
  return by.process.set_to.policy->bytecodes_of_a_turn(cost_of_counting);
}

[[noreturn]] void refuse(thread_state& by, std::string_view function, std::string_view needed) {
  const std::string_view policy = by.process.set_to.policy->name();
  std::string text = "sys." + std::string(function) + "(): the interpreter's lock is handed over by the policy " +
                     std::string(needed) + " only, and here it is " + std::string(policy);
  if (policy == "switch-interval") text += ": use sys.setswitchinterval()";
  if (policy == "check-interval") text += ": use sys.setcheckinterval()";
  raise(by, exceptions::RuntimeError(), std::move(text));
}

void must_have(thread_state& by, std::string_view policy, std::string_view function) {
  if (by.process.set_to.policy->name() != policy) refuse(by, function, policy);
}

value get_check_interval(thread_state& by, const arguments& given) {
  const parameters with(by, "getcheckinterval()", given);
  must_have(by, "check-interval", "getcheckinterval");
  return value(static_cast<std::int64_t>(turn_of(by)));
}

value set_check_interval(thread_state& by, const arguments& given) {
  const parameters with(by, "setcheckinterval(n)", given);
  must_have(by, "check-interval", "setcheckinterval");
  const std::int64_t bytecodes = integer_of(by, with[0]);
  by.process.set_to.policy =
      std::make_shared<check_interval>(bytecodes < 1 ? 1 : static_cast<std::uint64_t>(bytecodes));
  return value::none();
}

value get_switch_interval(thread_state& by, const arguments& given) {
  const parameters with(by, "getswitchinterval()", given);
  must_have(by, "switch-interval", "getswitchinterval");
  constexpr double second = 1e9;
  return value(static_cast<double>(turn_of(by)) / second);
}

value set_switch_interval(thread_state& by, const arguments& given) {
  const parameters with(by, "setswitchinterval(interval)", given);
  must_have(by, "switch-interval", "setswitchinterval");
  if (!less(by, value(std::int64_t{0}), with[0])) {
    raise(by, exceptions::ValueError(), "switch interval must be strictly positive");
  }
  by.process.set_to.policy = std::make_shared<switch_interval>(nanoseconds_of(by, with[0], "switch interval"));
  return value::none();
}

// ---- the rest

value leave(thread_state& by, const arguments& given) {
  const parameters with(by, "exit(status=)", given);
  auto* const made = by.process.make<exception_object>(by, exceptions::SystemExit());
  if (with.given(0)) made->args.push_back(with[0]);
  made->attributes.set(intern("code"), with.or_else(0, value::none()));
  throw raised{made};
}

value get_recursion_limit(thread_state& by, const arguments& given) {
  const parameters with(by, "getrecursionlimit()", given);
  return value(std::int64_t{by.process.set_to.recursion_limit});
}

value set_recursion_limit(thread_state& by, const arguments& given) {
  const parameters with(by, "setrecursionlimit(limit)", given);
  const std::int64_t limit = integer_of(by, with[0]);
  constexpr std::int64_t most = thread_memory::most_frames;
  if (limit < 1) raise(by, exceptions::ValueError(), "recursion limit must be greater or equal than 1");
  by.process.set_to.recursion_limit = static_cast<std::uint32_t>(limit > most ? most : limit);
  return value::none();
}

value exception_info(thread_state& by, const arguments& given) {
  const parameters with(by, "exc_info()", given);
  if (by.handled == nullptr) return make_tuple(by, {value::none(), value::none(), value::none()});
  return make_tuple(by, {value(const_cast<class_object*>(&by.handled->of_class())), value(by.handled), value::none()});
}

constexpr native_entry functions[] = {{"exit", leave},
                                      {"getcheckinterval", get_check_interval},
                                      {"setcheckinterval", set_check_interval},
                                      {"getswitchinterval", get_switch_interval},
                                      {"setswitchinterval", set_switch_interval},
                                      {"getrecursionlimit", get_recursion_limit},
                                      {"setrecursionlimit", set_recursion_limit},
                                      {"exc_info", exception_info}};

value computed(thread_state& by, name called) {
  if (*called == "argv") return make_list(by, {make_string(by, by.process.code->source.file)});
  if (*called == "version") return make_string(by, "3.11 (Heddle)");
  if (*called == "platform") return make_string(by, "linux");
  if (*called == "byteorder") return make_string(by, "little");
  if (*called == "version_info") {
    return make_tuple(by, {value(std::int64_t{3}), value(std::int64_t{11}), value(std::int64_t{0}),
                           make_string(by, "final"), value(std::int64_t{0})});
  }
  return {};
}

}  // namespace

const module_object& sys_module() {
  static const module_object& made = []() -> const module_object& {
    module_object& its = make_module("sys", functions);
    its.attributes.set(intern("stdout"), make_stream(false));
    its.attributes.set(intern("stderr"), make_stream(true));
    its.attributes.set(intern("maxsize"), value(INT64_MAX));
    its.computed = computed;
    return its;
  }();
  return made;
}

}  // namespace heddle::python
