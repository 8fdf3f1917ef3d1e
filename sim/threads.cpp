// Threads' lives: how they start, end, and are joined, and their names.
#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <system_error>
#include <typeinfo>

#include <heddle/sim/simulator.hpp>

#include "callers.hpp"
#include "giving_up.hpp"
#include "green_thread.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {
namespace {

std::string name_of_current_exception_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "an exception";
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> readable(abi::__cxa_demangle(type->name(), nullptr, nullptr, &status),
                                                        std::free);
  return status == 0 ? readable.get() : type->name();
}

// Each stack takes two of the mappings that a process may have, and the checker needs some too (Linux: 65,530).
constexpr std::uint32_t most_threads = 16'384;

bool descends_from(const green_thread* thread, const green_thread* ancestor) {
  while (thread != nullptr && thread != ancestor) thread = thread->parent;
  return thread != nullptr;
}

// The text of the exception that is being handled, if it has one.
std::string text_of_current_exception() {
  try {
    throw;
  } catch (const std::exception& error) {
    const char* text = error.what();
    return text == nullptr ? std::string() : text;
  } catch (...) {
    return {};
  }
}

}  // namespace

// The calls of every green thread: one task after another, from execution to execution. Between two tasks it is
// parked in finish_running, so that starting a thread costs no more than a jump.
void simulator::thread_entry() {
  for (;;) {
    simulator& self = *running_simulator;
    self.run_task(*self.running_);
    self.finish_running();
  }
}

// Names of types can be long, and reading them takes a deep stack in proportion. But the exception's text is the
// program's own code, which may crash or hang: that runs here, where it is caught.
void simulator::record_uncaught(std::string what) {
  if (giving_up_) return;
  const bool terminates = !what.empty();  // std::terminate: its thread does not come back
  if (const std::exception_ptr thrown = std::current_exception()) {
    const std::string text = text_of_current_exception();
    on_os_stack([&] {
      try {
        std::rethrow_exception(thrown);
      } catch (...) {
        const std::string name = name_of_current_exception_type();
        const bool says_its_name = text.starts_with(name + ": ");  // as std::future_error's does
        what += says_its_name ? text : text.empty() ? name : name + ": " + text;
      }
    });
  }
  if (director_ != nullptr && !terminates)
    return leave_failed(ending_kind::uncaught_exception, std::move(what), running_->pending.where);
  record_ending(ending_kind::uncaught_exception, std::move(what), running_->pending.where);
}

inline void simulator::run_task(green_thread& thread) {
  const bool is_main = thread.parent == nullptr;
  if (giving_up_) {  // it was started, but did not begin in time; main is here a second time, to drop the copies
    if (!is_main) thread.type->drop(thread.task);
    drop_copies();
    return;
  }
  try {
    if (is_main) {
      (*body_)();
    } else {
      thread.type->run(thread.task);
    }
  } catch (const given_up&) {
  } catch (...) {
    record_uncaught({});
  }
  if (!thread.exit_calls.empty()) [[unlikely]]
    run_exit_calls(thread);
  if (counts_threads_ && !giving_up_ && !thread.daemon && processes_[thread.process].running == 1 &&
      cuts_off_others(thread)) [[unlikely]] {
    publish_end({});
  }
}

void simulator::at_thread_exit(std::function<void()> call) { running_->exit_calls.push_back(std::move(call)); }

void simulator::at_thread_end(std::function<void()> call) {
  running_->exit_calls.insert(running_->exit_calls.begin(), std::move(call));
}

// A call may have others made: they come next. What throws here does so in a destructor, and so ends the program.
void simulator::run_exit_calls(green_thread& thread) noexcept {
  while (!thread.exit_calls.empty()) {
    const std::function<void()> call = std::move(thread.exit_calls.back());
    thread.exit_calls.pop_back();
    call();
  }
}

green_thread& simulator::new_thread(green_thread* parent, std::string_view name, start_as as) {
  if (thread_count_ == threads_.size()) {
    threads_.push_back(std::make_unique<green_thread>(settings_.stack_size));
    candidates_.resize(threads_.size());
  }
  green_thread& made = *threads_[thread_count_];
  made.id = thread_count_++;
  made.parent = parent;
  made.ordinal = parent == nullptr ? 0 : ++parent->children;
  made.children = 0;
  made.ended = true;                          // until make_live
  made.pending.kind = operation_kind::start;  // its own: it has not begun
  made.pending.target = nullptr;
  made.published = false;
  made.events = 0;
  made.joiner = nullptr;
  made.daemon = as == start_as::daemon;
  made.cut_off = made.lost_target = false;
  made.process = parent == nullptr ? 0 : parent->process;
  made.serial = parent == nullptr ? first_serial_ : parent->serial;
  made.fault_at = UINT32_MAX;
  made.clock_read = UINT64_MAX;
  made.own_locking = 0;
  made.places_passed = 0;
  made.destructors = 0;
  made.throws_while_giving_up = made.returns_while_giving_up = 0;
  if (recording_) made.name = name;
  if (!made.parked) made.calls.prepare(made.memory, made.memory.top(), &simulator::thread_entry);
  made.parked = false;
  return made;
}

// The thread is complete: it begins before the next choice.
void simulator::make_live(green_thread& made) {
  const green_thread* parent = made.parent;
  made.ended = false;
  if (counts_threads_ && !made.daemon) ++processes_[made.process].running;
  to_begin_.push_back(&made);
  ++yet_to_begin_;
  live_.push_back(&made);
  if (parent != nullptr && parent->parent != nullptr) {  // main's children are the youngest of all
    auto position = std::find(live_.begin(), live_.end(), parent) + 1;
    while (descends_from(*position, parent) && *position != &made) ++position;
    std::rotate(position, live_.end() - 1, live_.end());
  }
}

thread_id simulator::start(const task_type& type, void* task, std::string_view name, source_location where,
                           start_as as) {
  if (giving_up_) {
    give_way(true, false);
    return no_thread;
  }
  if (stack_pointer() < running_->memory.limit()) [[unlikely]] {
    end_for_full_stack(where);
    return no_thread;
  }
  if (thread_count_ == most_threads) [[unlikely]] {  // as std::thread says it
    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                            "an execution has no more than " + std::to_string(most_threads) + " threads");
  }
  green_thread& parent = *running_;
  if (as != start_as::thread) [[unlikely]] {
    count_threads();
    if (as == start_as::process) {  // a choice: what others do before that is copied
      publish({.kind = operation_kind::start, .argument = thread_count_, .where = where});
      if (giving_up_) return no_thread;
    }
  }
  green_thread& child = new_thread(&parent, name, as);
  child.task = child.room_for(type);
  child.type = &type;
  type.move(task, child.task);  // the program's code: it may throw, start threads, perform operations
  if (as == start_as::process) [[unlikely]]
    new_process(child);
  make_live(child);

  tell_unpublished(parent, operation_kind::start, child.id, where);
  if (giving_up_) [[unlikely]]
    give_up(true, false);
  return child.id;
}

void simulator::join(thread_id id, source_location where) {
  green_thread& self = *running_;
  green_thread& other = *threads_[id];
  if (giving_up_) [[unlikely]] {
    // The younger threads have been unwound before: a thread that joins its children in a destructor can go on.
    self.pending.kind = operation_kind::join;
    self.pending.argument = id;
    self.pending.where = where;
    return give_way_at_pending();
  }
  if (other.ended) {
    tell_unpublished(self, operation_kind::join, id, where);
  } else if (other.joiner != nullptr && &other != &self) {
    return end(ending_kind::misuse, mention(other.joiner->id) + " joins " + mention(id) + " already", where);
  } else {
    other.joiner = &self;
    self.pending = {.kind = operation_kind::join, .argument = id, .where = where};
    take_turn(self);
    if (giving_up_) [[unlikely]]
      return;
    tell(self, self.pending, effect::none, true, nullptr);
  }
  if (giving_up_) [[unlikely]]
    give_up(true, false);
}

// By hand: the list is short, and a call of memmove costs more than a jump.
void simulator::forget_live(const green_thread& ended) noexcept {
  std::size_t position = 0;
  while (live_[position] != &ended) ++position;
  for (; position + 1 < live_.size(); ++position) live_[position] = live_[position + 1];
  live_.pop_back();
}

inline void simulator::finish_running() {
  green_thread& self = *running_;
  self.ended = true;
  self.parked = true;
  if (!self.cut_off) forget_live(self);
  if (!giving_up_) {
    ++progress_;  // for those who yield until it has ended
    tell_unpublished(self, operation_kind::end, self.id, {});
    if (counts_threads_ && !giving_up_) [[unlikely]]
      count_end(self);
  }
  green_thread* next = nullptr;
  if (!giving_up_) {
    if (self.joiner != nullptr) {
      next = self.joiner;  // commutes with everything: no choice
    } else if (!live_.empty()) {
      next = next_thread();
    }
  }
  switch_to(next != nullptr ? *next : *root_);
}

bool simulator::enabled(thread_id id) const noexcept {
  const green_thread& thread = *threads_[id];
  return !thread.ended && !thread.cut_off && (!may_block(thread.pending.kind) || is_enabled(thread));
}

thread_id simulator::waits_for(thread_id id) const noexcept {
  const green_thread& thread = *threads_[id];
  const operation& op = thread.pending;
  if (!thread.published || !may_block(op.kind) || may_time_out(op) || is_enabled(thread)) return no_thread;
  if (op.kind == operation_kind::join) return static_cast<thread_id>(op.argument);
  return op.target == nullptr ? no_thread : op.target->waits_for(op);
}

thread_view simulator::thread(thread_id id) const noexcept {
  const green_thread& it = *threads_[id];
  return {.id = it.id,
          .parent = it.parent == nullptr ? no_thread : it.parent->id,
          .ended = it.ended || it.cut_off,
          .published = it.published,
          .name = it.name,
          .pending = it.pending,
          .events = it.events,
          .callers = it.callers};
}

std::string simulator::name_of(thread_id id) const {
  return threads_[id]->name.empty() ? path(id) : threads_[id]->name;
}

std::string simulator::path(thread_id id) const {
  const green_thread& it = *threads_[id];
  return it.parent == nullptr ? "main" : path(it.parent->id) + "/" + std::to_string(it.ordinal);
}

}  // namespace heddle::sim
