// Objects, and what the simulator knows of them: whose they are, and their copies for processes.
#include <heddle/sim/object.hpp>

#include <string>
#include <utility>

#include <heddle/sim/simulator.hpp>

#include "green_thread.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {
namespace {

std::string with_article(object_kind kind) {
  return std::string(kind == object_kind::atomic ? "an " : "a ").append(to_string(kind));
}

}  // namespace

object::object(object_kind kind, std::string_view name, source_location where) : kind_(kind) {
  simulator& execution = simulator::current();
  owner_ = execution.serial();
  id_ = execution.register_object(*this, name, where);
}

object::object(const object& original) : kind_(original.kind_) {
  id_ = simulator::current().register_copy(*this, original);
  copies_ = original.copies_;
  const_cast<object&>(original).copies_ = this;  // the list of copies is no part of its state
}

bool object::enabled(const operation& /*op*/, thread_id /*thread*/) const noexcept { return true; }

thread_id object::waits_for(const operation& /*op*/) const noexcept { return no_thread; }

object& object::copy_here() const {
  const simulator& execution = simulator::current();
  if (execution.is_present(owner_)) {
    for (object* copy = copies_; copy != nullptr; copy = copy->copies_) {
      if (copy->owner_ == execution.serial()) return *copy;
    }
  }
  wrong_owner();
  return const_cast<object&>(*this);
}

void object::forget() noexcept {
  simulator* execution = running_simulator;
  if (execution == nullptr || !execution->is_present(owner_)) [[unlikely]]
    return;
  execution->objects_[id_] = nullptr;
  if (execution->live_.size() > 1 || execution->cut_off_) execution->forget_object(*this);
}

void object::wrong_owner() const {
  simulator& execution = simulator::current();
  std::string text = with_article(kind_);
  if (owner_ == destroyed) {
    text = mention(*this) + " was used after it was destroyed";
  } else if (execution.is_present(owner_)) {
    text = mention(*this) + " is of another process: objects of this kind belong to the process that made them";
  } else {
    text +=
        " of an earlier execution was used: construct it inside the program, not as a static or a capture from "
        "outside";
  }
  execution.end_at_once(ending_kind::misuse, std::move(text), {});
}

void object::destroyed_while(std::string_view state) const {
  if (!used_here() || running_simulator->giving_up()) return;
  running_simulator->end_at_once(ending_kind::misuse, mention(*this) + " was destroyed while " + std::string(state),
                                 {});
}

std::string mention(const object& what) { return "{object " + std::to_string(what.id()) + "}"; }

std::string mention(thread_id thread) { return "{thread " + std::to_string(thread) + "}"; }

object_id simulator::register_object(object& made, std::string_view name, source_location where) {
  if (recording_ && !giving_up_) [[unlikely]]
    on_os_stack([&] { monitor_->on_object(made, name, where); });
  objects_.push_back(&made);
  return static_cast<object_id>(objects_.size() - 1);
}

// Others may be at an operation on it.
void simulator::forget_object(object& destroyed) noexcept {
  for (std::uint32_t id = 0; id < thread_count_; ++id) {
    green_thread& thread = *threads_[id];
    operation& op = thread.pending;
    if (thread.ended || !thread.published || (op.target != &destroyed && op.mutex != &destroyed)) continue;
    if (op.kind == operation_kind::wake && is_woken(op) && op.mutex != nullptr && op.target == &destroyed) {
      // Notified, it does not need the condition variable any more, only its mutex ([thread.condition.condvar]/5).
      op.kind = operation_kind::lock;
      op.target = std::exchange(op.mutex, nullptr);
      op.deadline = no_deadline;  // what may time out is the wait, not the lock
      continue;
    }
    if (!thread.cut_off) {
      destroyed.destroyed_while(mention(id) + " was at its " + std::string(to_string(op.kind)));
    }
    thread.lost_target = true;
  }
}

}  // namespace heddle::sim
