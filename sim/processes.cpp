// Processes: threads with copies of the objects of their own, as after fork.
#include <algorithm>

#include <heddle/sim/simulator.hpp>

#include "giving_up.hpp"
#include "green_thread.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {

// The objects of the starting process are copied as they stand. Plain variables are not: nobody knows where they are.
void simulator::new_process(green_thread& main) {
  main.process = static_cast<process_id>(processes_.size());
  main.serial = ++last_serial_;
  processes_.emplace_back();
  copies_belong_to_ = main.serial;
  copies_for_ = main.id;
  const std::size_t count = objects_.size();
  for (std::size_t id = 0; id < count; ++id) {
    if (objects_[id] == nullptr || objects_[id]->owner_ != running_->serial) continue;
    if (std::unique_ptr<object> copy = objects_[id]->copy()) copies_.push_back(std::move(copy));
  }
}

object_id simulator::register_copy(object& made, const object& original) {
  made.owner_ = copies_belong_to_;
  if (recording_ && !giving_up_) [[unlikely]]
    on_os_stack([&] { monitor_->on_copy(made, original, copies_for_); });
  objects_.push_back(&made);
  return static_cast<object_id>(objects_.size() - 1);
}

// Their values' destructors are the program's code, which may perform operations, and crash: so main's stack is used
// for them, once more for each crash.
void simulator::drop_all_copies() {
  green_thread& main = *threads_[0];
  giving_up_ = true;
  while (!copies_.empty()) {
    if (!main.parked) main.calls.prepare(main.memory, main.memory.top(), &simulator::thread_entry);
    main.ended = main.parked = false;
    main.cut_off = true;   // not among the live any more
    main.destructors = 1;  // nothing may be thrown
    main.returns_while_giving_up = 0;
    switch_to(main);
  }
}

void simulator::drop_copies() {
  while (!copies_.empty()) {
    const std::unique_ptr<object> dropped = std::move(copies_.back());
    copies_.pop_back();
  }
}

process_id simulator::process_of(thread_id id) const noexcept { return threads_[id]->process; }

void simulator::set_exit_status(int status) noexcept { processes_[running_->process].status = status; }

// They are not resumed before the execution is over, and then only to be unwound.
void simulator::cut_off_threads(process_id of) {
  const auto cut = [&](green_thread* thread) {
    if (thread->process != of) return false;
    thread->cut_off = cut_off_ = true;
    return true;
  };
  const auto first = to_begin_.end() - static_cast<std::ptrdiff_t>(yet_to_begin_);
  to_begin_.erase(std::remove_if(first, to_begin_.end(), cut), to_begin_.end());
  yet_to_begin_ = static_cast<std::size_t>(to_begin_.end() - first);
  live_.erase(std::remove_if(live_.begin(), live_.end(), cut), live_.end());
  processes_[of].running = 0;
}

// Most programs have neither daemons nor processes: they end with their last thread, and nobody need count.
void simulator::count_threads() noexcept {
  if (counts_threads_) return;
  counts_threads_ = true;
  processes_[0].running = static_cast<std::uint32_t>(live_.size());
}

void simulator::count_end(const green_thread& ended) {
  if (!ended.daemon && --processes_[ended.process].running == 0 && !live_.empty()) cut_off_threads(ended.process);
}

// Whether others of its process are still under way.
bool simulator::cuts_off_others(const green_thread& thread) const noexcept {
  return std::any_of(live_.begin(), live_.end(),
                     [&](const green_thread* other) { return other != &thread && other->process == thread.process; });
}

// How far the others come before their process ends is a choice.
void simulator::publish_end(source_location where) noexcept {
  try {
    publish({.kind = operation_kind::end, .argument = running_id_, .where = where});
  } catch (const given_up&) {
  }
}

void simulator::exit_process(int status, source_location where) {
  if (!giving_up_ && cuts_off_others(*running_)) publish_end(where);
  if (!giving_up_) {
    green_thread& self = *running_;
    processes_[self.process].status = status;
    ++progress_;  // for those who yield until it has ended
    tell_unpublished(self, operation_kind::end, self.id, where);
    if (!giving_up_) {
      cut_off_threads(self.process);
      green_thread* next = live_.empty() ? nullptr : next_thread();
      switch_to(next != nullptr ? *next : *root_);
    }
  }
  if (std::uncaught_exceptions() > 0) abandon();
  throw given_up{};
}

}  // namespace heddle::sim
