// threading.Timer: a Thread whose run() waits first. What it knows are attributes, as in CPython.
#include "python/modules/synchronization.hpp"
#include "python/modules/thread_object.hpp"
#include "python/modules/waiting.hpp"

namespace heddle::python {
namespace {

value get(thread_state& by, value self, std::string_view called) { return attribute(by, self, intern(called)); }

value init(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self, interval, function, args=, kwargs=)", given);
  enum { self, interval, function, args, kwargs };
  static_cast<void>(call(by, *thread_class().find(intern("__init__")), {with[self]}));
  const auto set = [&](std::string_view called, value to) { set_attribute(by, with[self], intern(called), to); };
  set("interval", with[interval]);
  set("function", with[function]);
  set("args", with.or_else(args, value::none()).is_none() ? make_list(by, {}) : with[args]);
  set("kwargs", with.or_else(kwargs, value::none()).is_none() ? new_dict(by) : with[kwargs]);
  set("finished", call(by, value(const_cast<class_object*>(&event_class()))));
  return value::none();
}

value run(thread_state& by, const arguments& given) {
  const parameters with(by, "run(self)", given);
  const value self = with[0];
  const value finished = get(by, self, "finished");
  static_cast<void>(call(by, get(by, finished, "wait"), {get(by, self, "interval")}));
  if (!truth(by, call(by, get(by, finished, "is_set")))) {
    static_cast<void>(call_unpacking(by, get(by, self, "function"), get(by, self, "args"), get(by, self, "kwargs")));
  }
  return call(by, get(by, finished, "set"));
}

value cancel(thread_state& by, const arguments& given) {
  const parameters with(by, "cancel(self)", given);
  return call(by, get(by, get(by, with[0], "finished"), "set"));
}

constexpr native_entry methods[] = {{"__init__", init}, {"run", run}, {"cancel", cancel}};

}  // namespace

const class_object& timer_class() {
  static const class_object& made =
      make_module_class("threading", "Timer", methods, thread_class().make, &thread_class());
  return made;
}

}  // namespace heddle::python
