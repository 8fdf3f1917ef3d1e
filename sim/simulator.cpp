// The scheduler: publish, choose, switch. Threads' lives are in threads.cpp, the end of an execution in giving_up.cpp.
#include <heddle/sim/simulator.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <utility>

#include "callers.hpp"
#include "crashes.hpp"
#include "giving_up.hpp"
#include "green_thread.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {

constinit thread_local simulator* running_simulator = nullptr;

namespace {

// Whether this operation leaves a value behind that a loop can have counted on: locking, notifying and printing do not.
bool stores_value(const operation& op) {
  if (op.target == nullptr) return false;
  const object_kind kind = op.target->kind();
  return kind == object_kind::atomic || kind == object_kind::shared || kind == object_kind::queue ||
         kind == object_kind::pipe;
}

// The OS thread has its own stack; what stands for it never uses the one that every green thread has.
constexpr std::size_t least_stack = 0;

// Serial numbers tell the objects of one execution from those of any other, in whichever simulator. They are
// compared for equality only, and nobody ever sees them.
std::uint64_t serials_begin() {
  static std::atomic<std::uint64_t> simulators{0};
  constexpr std::uint64_t reserved = 2;  // 0: none; 1: object::destroyed
  return (simulators.fetch_add(1, std::memory_order_relaxed) << 40U) + reserved;
}

}  // namespace

simulator::simulator(const settings& with)
    : settings_(with),
      root_(std::make_unique<green_thread>(least_stack)),
      first_serial_(serials_begin()),
      last_serial_(first_serial_),
      crashes_(std::make_unique<crash_guard>(*this)) {
  install_terminate_handler();
}

simulator::~simulator() = default;

void simulator::used_outside() {
  throw std::logic_error(
      "Heddle's objects and functions work only inside an execution: construct and use them in the callable that is "
      "handed to heddle::explore, fuzz, run_once or replay");
}

void simulator::reset(picker& picks, monitor& watches) {
  picker_ = &picks;
  monitor_ = &watches;
  director_ = picks.directs();
  interests_ = watches.interests();
  recording_ = watches.records();
  exceptions_ = &live_exception_state();
  thread_count_ = 0;
  to_begin_.clear();
  yet_to_begin_ = 0;
  last_moved_ = 0;
  live_.clear();
  schedule_.clear();
  events_ = progress_ = now_ = 0;
  held_back_ = nothing_new_ = false;
  faults_left_ = director_ == nullptr ? settings_.max_faults : UINT32_MAX;
  objects_.erase(objects_.begin() + 1, objects_.end());  // but the console
  if (counts_threads_ || cut_off_) [[unlikely]] {
    processes_.resize(1);
    processes_[0] = {};
    counts_threads_ = cut_off_ = false;
  }
  if (giving_up_) {
    giving_up_ = failed_ = false;
    ending_ = {};
  }
  reached_.clear();
  output_.clear();
  shown_addresses_.clear();
  root_->serial = first_serial_ = ++last_serial_;
}

// Until the execution has ended: threads jump among themselves, and come here only for what needs a deep stack.
inline void simulator::run_threads() {
  switch_to(*next_thread());
  while (work_for_root_ != nullptr) {
    try {
      (*std::exchange(work_for_root_, nullptr))();
    } catch (...) {  // a callback of the user's; the threads are unwound first
      thrown_by_monitor_ = std::current_exception();
      stop();
    }
    switch_to(*work_asked_by_);
  }
}

const ending& simulator::run(const std::function<void()>& body, picker& picks, monitor& watches) {
  if (running_simulator != nullptr) {
    throw std::logic_error("an execution cannot start another one: explore from outside of the program under test");
  }
  struct current_here {
    explicit current_here(simulator* self) { running_simulator = self; }
    ~current_here() { running_simulator = nullptr; }
  };
  const current_here guard(this);
  running_ = root_.get();
  crashes_->enter();
  reset(picks, watches);
  monitor_->on_begin(*this);
  serial_ = first_serial_;
  body_ = &body;
  make_live(new_thread(nullptr, {}, start_as::thread));
  run_threads();
  giving_up_ = giving_up_ || failed_;
  crashes_->complete();
  monitor_->on_end(ending_);
  if (giving_up_ || cut_off_) unwind_all();
  if (!copies_.empty()) [[unlikely]]
    drop_all_copies();
  if (atomic_refs_ != nullptr) [[unlikely]]
    atomic_refs_->clear();
  if (thrown_by_monitor_ != nullptr) [[unlikely]]
    std::rethrow_exception(std::exchange(thrown_by_monitor_, nullptr));
  return ending_;
}

// Recording reads debug information and formats text, for which the stack of a green thread is too small.
void simulator::on_os_stack(const std::function<void()>& work) {
  work_for_root_ = &work;
  work_asked_by_ = running_;
  switch_to(*root_);
}

void simulator::publish(const operation& op) {
  running_->pending = op;
  if (op.deadline != no_deadline && (settings_.faults & only(fault_kind::timeout)) != 0) [[unlikely]]
    ask_for_timeout_fault();
  take_turn(*running_);
}

void simulator::publish(operation_kind kind, object& target, source_location where, memory_orders orders) {
  publish(kind, target, where, orders, nullptr);
}

void simulator::publish(operation_kind kind, object& target, source_location where, memory_orders orders,
                        const value_function* makes) {
  operation& op = running_->pending;
  op.kind = kind;
  op.orders = orders;
  op.target = &target;
  op.mutex = nullptr;
  op.argument = 0;
  op.deadline = no_deadline;
  op.where = where;
  op.makes = makes;
  take_turn(*running_);
}

void simulator::report(effect done, bool succeeded, const event_values* values) {
  if (giving_up_) [[unlikely]]
    return;
  green_thread& self = *running_;
  if (writes(done) && !std::exchange(nothing_new_, false)) {
    ++progress_;
    const bool counts = self.pending.kind == operation_kind::print && settings_.keeps_output;
    if (!stores_value(self.pending) && !counts) ++self.own_locking;
  }
  tell(self, self.pending, done, succeeded, values);
  if (giving_up_) [[unlikely]]
    give_up(throws_when_given_up(self.pending.kind), true);
}

void simulator::set_argument(std::uint64_t argument) noexcept { running_->pending.argument = argument; }

void simulator::note(const operation& op) {
  if (giving_up_) return;
  begin_note(op);
  report(effect_of(op.kind), true, nullptr);
}

void simulator::begin_note(const operation& op) {
  green_thread& self = *running_;
  self.pending = op;
  if (recording_) [[unlikely]]
    capture_callers(op.where, self.callers);
}

bool simulator::is_enabled(const green_thread& thread) const noexcept {
  const operation& op = thread.pending;
  switch (op.kind) {
    case operation_kind::join: return threads_[op.argument]->ended;
    case operation_kind::yield: return !yields_in_vain(thread);
    case operation_kind::sleep:
      return settings_.time == time_mode::timed ? op.deadline <= now_ : !yields_in_vain(thread);
    default:
      if (op.deadline != no_deadline && times_out(thread)) [[unlikely]]
        return true;
      return op.target->enabled(op, thread.id);
  }
}

// A thread that is back at a yield, though nothing has been written since it passed there, is in a loop that waits for
// somebody else. It stays behind, or a search for all interleavings would never end. (A loop that counts how often it
// has yielded may really do more: see result::assumes_fairness.)
bool simulator::yields_in_vain(const green_thread& thread) const noexcept {
  const auto passed_here = thread.find_passed_yield(thread.pending.where);
  return passed_here != nullptr && thread.pending.where.line != 0 &&
         passed_here->progress == progress_ - thread.own_locking;
}

// Of a thread that is not enabled: whether it is only the fairness of yields that keeps it.
bool simulator::is_held_back(const green_thread& thread) const noexcept {
  const operation& op = thread.pending;
  if (op.kind == operation_kind::yield) return true;
  return settings_.time == time_mode::free && (op.kind == operation_kind::sleep || may_time_out(op));
}

// Remembers where the running thread yields, as the latest of a few places.
void simulator::pass_yield(source_location where) noexcept {
  green_thread& self = *running_;
  green_thread::passed_yield* slot = self.find_passed_yield(where);
  if (slot == nullptr) slot = &self.passed_yields[self.places_passed++ % self.passed_yields.size()];
  *slot = {where, self.pending.target, progress_ - self.own_locking};
}

// A new thread first, without a choice, so that all pending operations are known; else one of those that are enabled.
green_thread* simulator::next_thread() {
  if (yet_to_begin_ != 0) [[unlikely]]
    return to_begin_[to_begin_.size() - yet_to_begin_--];
  if (director_ != nullptr) return next_directed();
  for (;;) {
    thread_id* candidate = candidates_.data();
    const green_thread* const* const end = live_.data() + live_.size();
    for (const green_thread* const* it = live_.data(); it != end; ++it) {
      const green_thread& thread = **it;
      const operation_kind kind = thread.pending.kind;
      if (kind == operation_kind::join) continue;  // resumed by the end of the other thread
      if (may_block(kind) && !is_enabled(thread)) {
        if ((lets_others_go(kind) || thread.pending.deadline != no_deadline) && is_held_back(thread)) held_back_ = true;
        continue;
      }
      *candidate++ = thread.id;
    }
    auto count = static_cast<std::uint32_t>(candidate - candidates_.data());
    if (count == 0) [[unlikely]] {
      if (advance_clock()) continue;
      count = gather_yielding();
      if (count == 0) {
        record_ending(ending_kind::blocked, {}, {});
        return nullptr;
      }
    }
    if (count == 1) return threads_[candidates_[0]].get();
    const std::uint32_t picked = ask(choice_kind::thread, count);
    return picked == picker::gives_up ? nullptr : threads_[candidates_[picked]].get();
  }
}

green_thread* simulator::next_directed() {
  const thread_id next = director_->next(*this);
  if (next != no_thread) return threads_[next].get();
  record_ending(ending_kind::blocked, {}, {});
  return nullptr;
}

thread_id simulator::first_enabled() noexcept {
  for (const green_thread* thread : live_) {
    const operation_kind kind = thread->pending.kind;
    if (kind == operation_kind::join) continue;  // resumed by the end of the other thread
    if (!may_block(kind) || is_enabled(*thread)) return thread->id;
    if ((lets_others_go(kind) || thread->pending.deadline != no_deadline) && is_held_back(*thread)) held_back_ = true;
  }
  return no_thread;
}

thread_id simulator::live_thread(std::size_t position) const noexcept {
  return position < live_.size() ? live_[position]->id : no_thread;
}

// The last resort: those who yield in vain may go on, since there is nobody to go before them.
std::uint32_t simulator::gather_yielding() noexcept {
  std::uint32_t count = 0;
  for (const green_thread* thread : live_) {
    if (is_held_back(*thread)) candidates_[count++] = thread->id;
  }
  return count;
}

std::uint32_t simulator::ask(choice_kind kind, std::uint32_t count) {
  const std::span<const thread_id> candidates = kind == choice_kind::value || kind == choice_kind::fault
                                                    ? std::span<const thread_id>{}
                                                    : std::span<const thread_id>(candidates_.data(), count);
  const std::uint32_t picked = picker_->pick({kind, count, candidates, last_moved_, *this});
  if (picked >= count) [[unlikely]] {
    record_ending(ending_kind::mismatch, {}, {});
    return picker::gives_up;
  }
  schedule_.push_back({kind, count, picked});
  return picked;
}

std::uint32_t simulator::choose(choice_kind kind, std::uint32_t count) {
  if (count == 0) throw std::logic_error("a choice needs at least one possibility: heddle::random(0) has none");
  if (count == 1) return 0;
  if (giving_up_) [[unlikely]] {
    give_way(true, true);
    return 0;
  }
  if (stack_pointer() < running_->memory.limit()) [[unlikely]] {
    end_for_full_stack({});
    return 0;
  }
  const std::uint32_t picked = ask(kind, count);
  if (picked == picker::gives_up) [[unlikely]] {
    give_up(true, true);
    return 0;
  }
  return picked;
}

std::span<const thread_id> simulator::waiters(const object& condition) {
  std::uint32_t count = 0;
  for (const green_thread* thread : live_) {
    const operation& op = thread->pending;
    if (op.kind == operation_kind::wake && op.target == &condition && !is_woken(op)) {
      candidates_[count++] = thread->id;
    }
  }
  return {candidates_.data(), count};
}

std::span<const thread_id> simulator::threads_that(const std::function<bool(thread_id)>& wanted) {
  std::uint32_t count = 0;
  for (const green_thread* thread : live_) {
    if (wanted(thread->id)) candidates_[count++] = thread->id;
  }
  return {candidates_.data(), count};
}

void simulator::wake(thread_id waiter) noexcept {
  threads_[waiter]->pending.argument = static_cast<std::uint64_t>(woken::notified);
}

void simulator::notify(std::span<const thread_id> woken_now) {
  for (const thread_id id : woken_now) wake(id);
  notified(woken_now);
}

void simulator::notified(std::span<const thread_id> woken_now) {
  performed(woken_now.empty() ? effect::read : effect::update, !woken_now.empty(), [&] {
    std::string names;
    for (const thread_id id : woken_now) names += (names.empty() ? "" : ", ") + name_of(id);
    return event_values{{}, std::move(names)};
  });
}

std::uint32_t simulator::ask_for_fault(fault_kind fault, std::uint32_t count, std::uint32_t shown_behind) {
  if (faults_left_ == 0 || giving_up_) return 0;
  const std::uint32_t picked = choose(choice_kind::fault, count);
  if (picked == 0) return 0;
  --faults_left_;
  running_->fault = fault;
  running_->fault_at = running_->events + shown_behind;
  return picked;
}

void simulator::print(std::string_view text, source_location where, bool to_errors) {
  publish({.kind = operation_kind::print,
           .target = &console_,
           .argument = to_errors ? to_error_output : 0,
           .where = where});
  if (settings_.keeps_output && !to_errors && !giving_up_) output_ += text;
  performed(effect::write, true, [&] { return event_values{{}, std::string(text)}; });
}

void simulator::show_instruction(std::string_view line) {
  on_os_stack([&] { settings_.on_instruction(line); });
}

std::uint32_t simulator::random(std::uint32_t below, source_location where) {
  const std::uint32_t drawn = choose(choice_kind::value, below);
  if (giving_up_) return drawn;
  running_->pending = {.kind = operation_kind::random, .argument = below, .where = where};
  if (recording_) [[unlikely]]
    capture_callers(where, running_->callers);
  performed(effect::none, true, [&] { return event_values{std::to_string(below), std::to_string(drawn)}; });
  return drawn;
}

void simulator::reach(std::string_view name) {
  if (giving_up_) return;
  if (std::find(reached_.begin(), reached_.end(), name) == reached_.end()) reached_.emplace_back(name);
}

std::string simulator::name_of_address(const void* address) {
  const auto found = std::find(shown_addresses_.begin(), shown_addresses_.end(), address);
  const auto position = found - shown_addresses_.begin();
  if (found == shown_addresses_.end()) shown_addresses_.push_back(address);
  std::string name = std::to_string(position + 1);
  name.insert(name.begin(), '&');
  return name;
}

counters simulator::counted() const noexcept { return {events_, schedule_.size(), thread_count_}; }

}  // namespace heddle::sim
