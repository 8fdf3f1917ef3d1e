// The module _thread, on which CPython's threading is built; here it is the other way round.
#include "python/modules/lock_object.hpp"
#include "python/modules/modules.hpp"
#include "python/modules/thread_object.hpp"

namespace heddle::python {
namespace {

value start_new_thread(thread_state& by, const arguments& given) {
  const parameters with(by, "start_new_thread(function, args, kwargs=)", given);
  if (as_tuple(with[1]) == nullptr) raise_type_error(by, "2nd arg must be a tuple");
  thread_object& made = new_plain_thread(by, with[0], with[1], with[2]);
  start_thread(by, made);
  return value(std::int64_t{made.id} + 1);
}

value get_ident(thread_state& by, const arguments& given) {
  const parameters with(by, "get_ident()", given);
  return value(std::int64_t{current_thread(by).id} + 1);
}

value leave(thread_state& by, const arguments& given) {
  const parameters with(by, "exit()", given);
  throw raised{by.process.make<exception_object>(by, exceptions::SystemExit())};
}

constexpr native_entry functions[] = {{"start_new_thread", start_new_thread},
                                      {"start_new", start_new_thread},
                                      {"allocate_lock", make_lock},
                                      {"allocate", make_lock},
                                      {"RLock", make_rlock},
                                      {"get_ident", get_ident},
                                      {"get_native_id", get_ident},
                                      {"exit", leave},
                                      {"exit_thread", leave}};

}  // namespace

const module_object& low_level_thread_module() {
  static const module_object& made = []() -> const module_object& {
    module_object& its = make_module("_thread", functions);
    its.attributes.set(intern("LockType"), value(const_cast<class_object*>(&lock_class())));
    its.attributes.set(intern("error"), value(const_cast<class_object*>(&exceptions::RuntimeError())));
    its.attributes.set(intern("TIMEOUT_MAX"), value(longest_timeout));
    return its;
  }();
  return made;
}

}  // namespace heddle::python
