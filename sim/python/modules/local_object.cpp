// threading.local: an object of which each thread sees attributes of its own.
#include <list>

#include "python/modules/synchronization.hpp"
#include "python/modules/waiting.hpp"

namespace heddle::python {
namespace {

class local_object final : public instance_object {
 public:
  explicit local_object(const class_object& of) : instance_object(of) { is_per_thread_ = true; }

  attribute_table& attributes_in(const thread_state& by) override {
    for (auto& [thread, its] : tables_) {
      if (thread == by.object) return its;
    }
    auto& [thread, its] = tables_.emplace_back();
    thread = by.object;
    return its;
  }

  void visit(const visitor& see) override {
    instance_object::visit(see);
    for (auto& [thread, its] : tables_) its.visit(see);
  }

  // No thread of the parent is one of the child: what the one sees that starts it is lost, too.
  heap_object* copy(interpreter& to) const override {
    auto* const made = new local_object(*class_);
    to.own(*made);
    return made;
  }

 private:
  struct entry {
    const thread_object* thread = nullptr;
    attribute_table its;
  };
  std::list<entry> tables_;  // tables stay where they are
};

heap_object* make_local(thread_state& by, const class_object& of) { return by.process.make<local_object>(by, of); }

}  // namespace

const class_object& local_class() {
  static const class_object& made = []() -> const class_object& {
    class_object& its = make_module_class("_thread", "_local", {}, make_local);
    its.may_be_derived = false;  // each thread would have to call its __init__
    return its;
  }();
  return made;
}

}  // namespace heddle::python
