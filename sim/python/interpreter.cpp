#include "python/interpreter.hpp"

#include <map>
#include <utility>

#include "python/natives.hpp"

namespace heddle::python {

/** Copies objects for a child process: everything that can be reached, each once. */
class object_copier {
 public:
  explicit object_copier(interpreter& to) : to_(to) {}

  void replace(value& held) {
    if (!held.is_object() || held.object->is_immortal()) return;
    const auto [place, is_new] = copies_.try_emplace(held.object, nullptr);
    if (is_new) {
      heap_object* const made = held.object->copy(to_);
      place->second = made != nullptr ? made : held.object;  // some are shared by processes
      if (made != nullptr) left_.push_back(made);
    }
    held = value(place->second);
  }

  void finish() {
    while (!left_.empty()) {
      heap_object* const next = left_.back();
      left_.pop_back();
      next->visit([this](value& each) { replace(each); });
    }
  }

 private:
  interpreter& to_;
  std::map<const heap_object*, heap_object*> copies_;  // looked up only
  std::vector<heap_object*> left_;
};

interpreter::interpreter(executable what, const settings& with)
    : code(std::move(what)), set_to(with), globals(code->globals.size()), watched(code->globals.size()) {
  if (set_to.policy->has_lock()) lock = std::make_unique<interpreter_lock>("GIL", source_location{});
}

interpreter::interpreter(std::shared_ptr<interpreter> from, std::string its_identity, value& root,
                         std::uint64_t starts_at)
    : code(from->code),
      set_to(from->set_to),
      globals(from->globals),
      watched(code->globals.size()),
      clock(starts_at),
      named_threads(from->named_threads),
      identity(std::move(its_identity)),
      parent_(std::move(from)) {
  if (set_to.policy->has_lock()) {
    lock = std::make_unique<interpreter_lock>("GIL of Process-" + identity, source_location{});
  }
  object_copier copies(*this);
  for (value& each : globals) copies.replace(each);
  copies.replace(root);
  copies.finish();
}

interpreter::~interpreter() {
  watched_items.clear();
  while (made_ != nullptr) {
    heap_object* const dropped = std::exchange(made_, made_->made_before_);
    delete dropped;
  }
}

void interpreter::heap_is_full(thread_state& by) {
  const std::size_t spare = 4096;  // for the exception itself
  if (bytes_ > set_to.heap_limit) bytes_ = set_to.heap_limit;
  if (bytes_ + spare > set_to.heap_limit) bytes_ = set_to.heap_limit - spare;
  raise(
      by, exceptions::MemoryError(),
      "the heap's limit of " + std::to_string(set_to.heap_limit >> 20U) + " MB (Heddle frees nothing before the end)");
}

}  // namespace heddle::python
