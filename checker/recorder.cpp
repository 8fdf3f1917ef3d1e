#include "recorder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <heddle/python/opcode.hpp>

#include "preemption.hpp"

namespace heddle::checker {

void recorder::on_begin(sim::simulator& execution) {
  execution_ = &execution;
  trace_ = {};
  trace_.threads.push_back({"main", "main"});
  trace_.objects.push_back({sim::object_kind::console, "output", {}});
  ended_at_ = {};
  preemptions_ = 0;
  preempting_ = false;
  detectors_.on_begin(execution);
}

void recorder::on_object(const sim::object& made, std::string_view name, source_location where) {
  const auto same_kind = std::count_if(trace_.objects.begin(), trace_.objects.end(),
                                       [&](const traced_object& other) { return other.kind == made.kind(); });
  trace_.objects.push_back(
      {made.kind(), name.empty() ? fmt::format("{} {}", to_string(made.kind()), same_kind + 1) : std::string(name),
       places_.find(where, {})});
}

void recorder::on_copy(const sim::object& copy, const sim::object& original, sim::thread_id main) {
  traced_object made = trace_.objects.at(original.id());
  const std::string_view name = execution_->thread(main).name;
  made.name = fmt::format("{} of {}", made.name, name.empty() ? execution_->path(main) : std::string(name));
  static_cast<void>(copy);  // numbered in the order of these calls
  trace_.objects.push_back(std::move(made));
}

std::uint32_t recorder::pick(const sim::choice_point& at) {
  const std::uint32_t picked = picks_.pick(at);
  if (at.kind != sim::choice_kind::thread) return picked;
  preempting_ = is_preemption(at, picked);
  if (preempting_) ++preemptions_;
  return picked;
}

step recorder::describe(const sim::operation& op, sim::thread_id thread) {
  step result;
  result.thread = thread;
  result.kind = op.kind;
  result.orders = op.orders;
  if (op.target != nullptr) result.object = op.target->id();
  if (op.mutex != nullptr) result.mutex = op.mutex->id();
  if (op.kind == sim::operation_kind::start || op.kind == sim::operation_kind::join) {
    result.other = static_cast<sim::thread_id>(op.argument);
  }
  result.to_errors = op.kind == sim::operation_kind::print && op.argument == sim::to_error_output;
  if (op.target != nullptr && op.target->kind() == sim::object_kind::variable) {
    result.instruction = to_string(static_cast<heddle::python::opcode>(op.argument));
  }
  result.timed = op.deadline != sim::no_deadline;
  // Calls and returns of an object under test have no place of their own: it is Heddle that performs them.
  const bool placeless = op.target != nullptr && op.target->kind() == sim::object_kind::history;
  if (!placeless) result.where = places_.find(op.where, execution_->thread(thread).callers);
  result.time = execution_->now();
  return result;
}

void recorder::on_event(const sim::event& happened) {
  step latest = describe(happened.what, happened.thread);
  latest.index = happened.index;
  latest.done = happened.done;
  latest.succeeded = happened.succeeded;
  latest.fault = happened.fault;
  if (happened.values != nullptr) {
    latest.read = happened.values->read;
    latest.written = happened.values->written;
  }
  latest.switched = !trace_.steps.empty() && trace_.steps.back().thread != happened.thread;
  latest.preempts = latest.switched && preempting_;
  preempting_ = false;
  if (latest.other && happened.what.kind == sim::operation_kind::start) {
    const sim::thread_id child = *latest.other;
    const std::string path = execution_->path(child);
    const std::string_view name = execution_->thread(child).name;
    trace_.threads.push_back({path, name.empty() ? path : std::string(name)});
  }
  trace_.steps.push_back(std::move(latest));
  if (on_step) on_step(trace_, trace_.steps.back());
  detectors_.on_event(happened);
}

void recorder::on_end(const sim::ending& how) {
  for (sim::thread_id thread = 0; thread < execution_->thread_count(); ++thread) {
    const sim::thread_view view = execution_->thread(thread);
    if (view.ended || !view.published) continue;
    trace_.pending.push_back({thread, execution_->enabled(thread), describe(view.pending, thread)});
    if (view.pending.kind == sim::operation_kind::wake)
      trace_.pending.back().next.succeeded = sim::is_woken(view.pending);
  }
  if (how.thread != sim::no_thread) ended_at_ = places_.find(how.where, execution_->thread(how.thread).callers);
  detectors_.on_end(how);
}

}  // namespace heddle::checker
