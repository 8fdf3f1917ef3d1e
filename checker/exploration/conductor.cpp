#include "exploration/conductor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace heddle::checker::exploration {
namespace {

using sim::object_kind;
using sim::operation_kind;

// The faults that an operation can meet with while it is performed.
sim::fault_kinds fault_of(const facts& op) noexcept {
  switch (op.kind) {
    case operation_kind::wait:
      return op.object == object_kind::condition_variable ? only(sim::fault_kind::spurious_wakeup) : 0;
    case operation_kind::compare_exchange_weak: return only(sim::fault_kind::weak_cas);
    case operation_kind::try_lock:
    case operation_kind::try_lock_shared:
    case operation_kind::try_acquire: return only(sim::fault_kind::try_lock);
    default: return 0;
  }
}

// Who waits for an atomic is not looked at: such operations count as updates.
bool waits_on_atomic(const facts& op) noexcept {
  return op.object == object_kind::atomic && contains(sim::waits_and_notifications, op.kind);
}

// Every event has a number for each thread.
constexpr std::uint32_t most_threads = 1'024;
constexpr const char* threads_abound = "it has more than 1,024 threads";
constexpr const char* keeps_time = "deadlines are kept in order";

// Main often only waits for the others' ends: that it is there does not make it a choice.
bool several_can_move(const sim::simulator& execution) {
  int can = 0;
  for (std::size_t position = 0;; ++position) {
    const sim::thread_id each = execution.live_thread(position);
    if (each == sim::no_thread) return false;
    if (execution.enabled(each) && ++can == 2) return true;
  }
}

}  // namespace

void conductor::begin(const event_graph& along) {
  explorer_.load(along);
  order_.assign(along.order.begin(), along.order.end());
  position_ = 0;
  for (thread_state& thread : threads_) {
    thread.native = sim::no_thread;
    thread.children = thread.reached = thread.events_done = 0;
    thread.events.clear();
    thread.untold.clear();
    thread.notified_by = thread.waits_at = none;
    thread.passed.clear();
    thread.moves = thread.looks_anew = thread.let_go = 0;
  }
  numbers_.clear();
  std::fill(cells_.begin(), cells_.end(), none);
  for (auto& each : joint_) each.clear();
  if (threads_.size() < along.threads.size()) threads_.resize(along.threads.size());
  for (slot at = 0; at < along.events.size(); ++at) threads_[along.events[at].op.thread].events.push_back(at);
  moving_ = sim::no_thread;
  news_ = somebody_waits_ = in_vain_ = tried_ = choices_met_ = false;
  moves_.clear();
  picks_.clear();
  mismatch_.clear();
  know(0, explorer_.thread_number(none, 0));
}

void conductor::know(sim::thread_id native, std::uint32_t number) {
  if (number >= most_threads) irreducible_ = threads_abound;
  if (numbers_.size() <= native) numbers_.resize(native + 1, none);
  numbers_[native] = number;
  if (threads_.size() <= number) threads_.resize(number + 1);
  threads_[number].native = native;
}

void conductor::fail(sim::thread_id native, const graph_event& event, std::string_view but) {
  if (!mismatch_.empty()) return;
  const std::string thread = native == sim::no_thread ? "a thread that has not begun" : execution_->path(native);
  const std::string_view what = event.op.kind == operation_kind::random ? "choose" : to_string(event.op.kind);
  mismatch_ = fmt::format("{} was to {} in step {} of its own, {}", thread, what, event.index + 1, but);
}

sim::thread_id conductor::go(sim::simulator& execution, std::uint32_t thread) {
  const sim::thread_id native = threads_[thread].native;
  moving_ = native;
  choices_ = 0;
  fault_ = false;
  moves_.push_back({native, threads_[thread].events_done});
  if (!choices_met_) choices_met_ = several_can_move(execution);
  return native;
}

sim::thread_id conductor::next(sim::simulator& execution) {
  if (!mismatch_.empty() || irreducible_ != nullptr) return sim::no_thread;
  explorer_.limit_faults(execution.set_to().max_faults);
  faults_ = execution.set_to().faults;
  execution_ = &execution;
  if (execution.set_to().time == sim::time_mode::timed) {
    irreducible_ = keeps_time;
    return sim::no_thread;
  }
  if (moving_ != sim::no_thread) replay_failed(numbers_[moving_]);
  while (position_ < order_.size()) {
    const graph_event& event = explorer_.graph().events[order_[position_++]];
    if (!event.begins_move) continue;
    const std::uint32_t thread = event.op.thread;
    const sim::thread_id native = thread < threads_.size() ? threads_[thread].native : sim::no_thread;
    if (native != sim::no_thread && event.op.kind == operation_kind::await && event.reads &&
        !execution.enabled(native)) {
      // What it would read does not let it go on: it has read that, and waits for ever.
      explorer_.wait_at(order_[position_ - 1]);
      ++threads_[thread].reached;
      threads_[thread].waits_at = order_[position_ - 1];
      somebody_waits_ = true;
      continue;
    }
    if (native == sim::no_thread || !execution.enabled(native)) {
      if (native == sim::no_thread || !may_be_held_back(execution.thread(native).pending)) {
        fail(native, event, "and cannot");
        return sim::no_thread;
      }
      if (postpone()) continue;
    }
    return go(execution, thread);
  }
  catch_up();
  const sim::thread_id native = whose_turn(execution);
  if (native == sim::no_thread) {
    try_blocked_threads(execution);
    in_vain_ = somebody_is_stale(execution);
    return native;
  }
  const sim::operation& op = execution.thread(native).pending;
  if (const char* why = exploration::irreducible(op)) {
    irreducible_ = why;
    return sim::no_thread;
  }
  const std::uint32_t thread = numbers_[native];
  try_time_out(op, thread);
  find_steps(op, thread, picked_);
  if (irreducible_ != nullptr) return sim::no_thread;
  come_after_causes(thread, op, picked_);
  step& first = picked_.parts[0];
  first.may_fail = (faults_ & fault_of(first.op)) != 0;
  std::uint32_t& looks_anew = threads_[thread].looks_anew;  // earlier places would be one more round of the same
  if (first.as != shape::none) {
    if (looks_anew == 0) explorer_.branch(first);
    const event_graph& graph = explorer_.graph();
    first.done = graph.apply_to(first.op, graph.state_after(first.cell, graph.cells[first.cell].last), 0, first.makes);
  }
  if (looks_anew > 0) --looks_anew;
  return go(execution, thread);
}

// A thread that has failed at an operation of the graph, which has no event of its own: it has been performed all the
// same.
void conductor::replay_failed(std::uint32_t thread) {
  thread_state& of = threads_[thread];
  if (of.reached == of.events.size()) return;
  do {
    explorer_.replay(of.events[of.reached++]);
  } while (of.reached < of.events.size() && !explorer_.graph().events[of.events[of.reached]].begins_move);
  moving_ = sim::no_thread;
}

// All of the graph has been replayed: what has happened besides is told.
void conductor::catch_up() {
  if (moving_ != sim::no_thread) {                   // it has failed at its operation: in which state matters
    const std::uint32_t thread = numbers_[moving_];  // its steps are those that were picked
    for (std::uint32_t part = 0; part < picked_.count; ++part) {
      step looked = picked_.parts[part];
      if (looked.cell == none) continue;
      looked.as = shape::update;
      threads_[thread].untold.push_back({.what = news::type::failure, .taken = looked});
      news_ = true;
    }
    moving_ = sim::no_thread;
  }
  if (news_) tell_news();
}

void conductor::end() {
  if (!mismatch_.empty() || irreducible_ != nullptr) return;
  if (moving_ != sim::no_thread) replay_failed(numbers_[moving_]);
  if (execution_ != nullptr && execution_->how_ended().kind == sim::ending_kind::completed) {
    for (const thread_state& thread : threads_) {
      if (thread.reached == thread.events.size()) continue;
      return fail(thread.native, explorer_.graph().events[thread.events[thread.reached]], "and the program has ended");
    }
  }
  catch_up();
}

// ---- what the explorer is told

std::uint32_t conductor::leftmost_with_news() const {
  std::uint32_t first = none;
  bool of_completion = false;
  for (std::uint32_t thread = 0; thread < threads_.size(); ++thread) {
    const std::vector<news>& untold = threads_[thread].untold;
    if (untold.empty()) continue;
    const bool waits = untold.front().what == news::type::join && !threads_[untold.front().other].untold.empty();
    if (waits) continue;
    // What is new before what completes, which may depend on it.
    const bool completes = untold.front().what == news::type::completion;
    const bool before =
        first == none || (completes == of_completion ? explorer_.graph().comes_left_of(thread, first) : of_completion);
    if (!before) continue;
    first = thread;
    of_completion = completes;
  }
  return first;
}

void conductor::tell_news() {
  for (std::uint32_t thread; (thread = leftmost_with_news()) != none;) {
    thread_state& from = threads_[thread];
    news first = std::move(from.untold.front());
    from.untold.erase(from.untold.begin());
    tell(thread, first);
  }
  news_ = false;
}

void conductor::tell(std::uint32_t thread, news& what) {
  switch (what.what) {
    case news::type::begin: return explorer_.begin_thread(what.other, thread);
    case news::type::join: return explorer_.come_after_thread(thread, what.other);
    case news::type::failure: {
      const graph_cell& cell = explorer_.graph().cells[what.taken.cell];
      what.taken.done = {outcome::update, explorer_.graph().state_after(what.taken.cell, cell.last)};
      explorer_.add(what.taken);
      return;
    }
    case news::type::choice: return explorer_.chose(what.at, what.taken.choices, what.taken.fault);
    case news::type::completion:
      explorer_.complete(what.at, what.taken.done, what.taken.choice, what.taken.choices, what.taken.fault);
      return note_notified(what.at, what.woken);
    case news::type::step: break;
  }
  add(what.taken, what.evaluate, what.woken);
}

void conductor::add(step& taken, bool evaluate, const std::vector<std::uint32_t>& woken) {
  if (evaluate) {
    const event_graph& graph = explorer_.graph();
    taken.done =
        graph.apply_to(taken.op, graph.state_after(taken.cell, graph.cells[taken.cell].last), taken.choice, nullptr);
  }
  note_notified(explorer_.add(taken), woken);
}

// Who is woken by a notification comes after it.
void conductor::note_notified(slot at, const std::vector<std::uint32_t>& woken_natively) {
  const graph_event& event = explorer_.graph().events[at];
  for (const std::uint32_t thread : woken_natively) {  // some may have been before, and have not gone on
    if (threads_[thread].notified_by == none) threads_[thread].notified_by = at;
  }
  if (!event.writes || event.op.object != object_kind::condition_variable) return;
  if (event.op.kind != operation_kind::notify_one && event.op.kind != operation_kind::notify_all) return;
  std::uint64_t woken = explorer_.graph().state_after(event.cell, event.reads_from).low & ~event.state.low;
  for (std::uint32_t thread = 0; woken != 0; ++thread, woken >>= 1U) {
    if ((woken & 1U) != 0) threads_[thread].notified_by = at;
  }
}

// ---- what happens

std::uint32_t conductor::pick(const sim::choice_point& at) {
  if (irreducible_ != nullptr) return 0;
  execution_ = &at.execution;
  const bool fault = at.kind == sim::choice_kind::fault;
  const sim::thread_id native = at.execution.running();
  const std::uint32_t number = numbers_[native];
  thread_state& thread = threads_[number];
  const bool within = moving_ == native;  // of the operation that is being performed
  const event_graph& graph = explorer_.graph();
  if (thread.reached < thread.events.size()) {
    const slot known = thread.events[thread.reached];
    const graph_event& event = graph.events[known];
    if (event.choices > 1 && within == event.begins_move) {
      if (event.choices != at.count) {
        fail(native, event, fmt::format("among {} possibilities, and has {}", event.choices, at.count));
        return gives_up;
      }
      if (!within) {
        ++thread.reached;
        explorer_.replay(known);
      }
      picks_.push_back({at.kind, at.count, event.choice});
      return event.choice;
    }
  }
  picks_.push_back({at.kind, at.count, 0});
  if (fault && !explorer_.may_fault()) return 0;
  if (within) {
    choices_ = at.count;
    fault_ = fault;
    return 0;
  }
  step chosen;
  chosen.op = {.kind = operation_kind::random, .thread = number};
  chosen.choices = at.count;
  chosen.fault = fault;
  thread.untold.push_back({.what = news::type::step, .taken = chosen});
  news_ = true;
  return 0;
}

void conductor::on_event(const sim::event& happened) {
  if (irreducible_ != nullptr) return;
  const sim::operation& op = happened.what;
  const std::uint32_t thread = numbers_[happened.thread];
  threads_[thread].events_done = happened.index + 1;
  if (moving_ == happened.thread) {
    moving_ = sim::no_thread;
    thread_state& of = threads_[thread];
    source_location& place = of.places[of.moves++ % of.places.size()];
    place.file = op.where.file;  // by its parts, as it has just been stored: the whole would have to wait for them
    place.line = op.where.line;
    return performed(happened, thread, true);
  }
  switch (op.kind) {
    case operation_kind::start: {
      const std::uint32_t child = explorer_.thread_number(thread, ++threads_[thread].children);
      know(static_cast<sim::thread_id>(op.argument), child);
      thread_state& parent = threads_[thread];
      if (parent.untold.empty()) return explorer_.begin_thread(child, thread);
      parent.untold.push_back({.what = news::type::begin, .other = child});
      return;
    }
    case operation_kind::join: {
      const std::uint32_t other = numbers_[static_cast<sim::thread_id>(op.argument)];
      if (threads_[thread].untold.empty() && threads_[other].untold.empty()) {
        return explorer_.come_after_thread(thread, other);
      }
      threads_[thread].untold.push_back({.what = news::type::join, .other = other});
      return;
    }
    case operation_kind::leave_once:
    case operation_kind::complete: return performed(happened, thread, false);
    default: return;  // the end of a thread, a fence, a value that was drawn
  }
}

// The threads that have been notified at this atomic and have not gone on.
std::vector<std::uint32_t> conductor::woken_at(const sim::object& atomic) const {
  std::vector<std::uint32_t> woken;
  for (std::uint32_t thread = 0; thread < threads_.size(); ++thread) {
    if (threads_[thread].native == sim::no_thread) continue;
    const sim::thread_view view = execution_->thread(threads_[thread].native);
    const sim::operation& op = view.pending;
    const bool waits = view.published && !view.ended && op.kind == operation_kind::wake && op.target == &atomic;
    if (waits && is_woken(op) && op.deadline == sim::no_deadline) woken.push_back(thread);
  }
  return woken;
}

// Where all of the graph has been replayed, and nothing else is to be told first.
bool conductor::tells_at_once() const noexcept { return !news_ && explorer_.graph().order.size() >= order_.size(); }

void conductor::happens(std::uint32_t thread, news what) {
  if (tells_at_once()) return tell(thread, what);
  threads_[thread].untold.push_back(std::move(what));
  news_ = true;
}

// An operation has been performed: its events are in the graph, or new.
void conductor::performed(const sim::event& happened, std::uint32_t thread, bool begins_move) {
  thread_state& of = threads_[thread];
  const std::size_t known = of.events.size();
  const bool replays = of.reached < known;
  if (begins_move && replays && replays_plainly(happened.what, thread)) return;
  operation_steps& steps = begins_move && !replays ? picked_ : other_;
  if (!begins_move) {
    steps.cause = none;
    steps.after_joint = false;
    steps.count = 1;
    steps.parts[0] = step_of(happened.what, thread, happened.what.target);
  } else if (replays) {
    const auto learn = [&](const sim::object* object, std::size_t part) {
      if (object == nullptr || of.reached + part >= known) return;
      const std::uint32_t cell = explorer_.graph().events[of.events[of.reached + part]].cell;
      if (cell != none) learn_cell(*object, cell);
    };
    const bool waits = happened.what.kind == operation_kind::wait && happened.what.mutex != nullptr;
    const bool wakes =
        happened.what.kind == operation_kind::wake && happened.what.mutex != nullptr && is_woken(happened.what);
    learn(wakes ? happened.what.mutex : happened.what.target, 0);
    if (waits) learn(happened.what.mutex, 1);
    find_steps(happened.what, thread, steps);
    come_after_causes(thread, happened.what, steps);
  }
  note_passed(happened, of, replays ? of.reached : explorer_.graph().threads[thread].count, begins_move);
  std::vector<std::uint32_t> woken;
  const operation_kind kind = happened.what.kind;
  if ((kind == operation_kind::notify_one || kind == operation_kind::notify_all) &&
      happened.what.target->kind() == object_kind::atomic && happened.done == sim::effect::update) {
    woken = woken_at(*happened.what.target);
  }
  for (std::uint32_t part = 0; part < steps.count; ++part) {
    step& taken = steps.parts[part];
    if (of.reached < of.events.size()) {
      const slot at = of.events[of.reached];
      const graph_event& event = explorer_.graph().events[at];
      if (event.op.kind != taken.op.kind || event.begins_move != taken.begins_move) {
        return fail(happened.thread, event, fmt::format("and did {}", to_string(taken.op.kind)));
      }
      ++of.reached;
      explorer_.replay(at);
      if (!event.incomplete) {
        note_notified(at, woken);
        if (part == 0 && choices_ > 1 && event.choices <= 1) {  // its graph was made without performing it
          taken.choices = choices_;
          taken.fault = fault_;
          happens(thread, {.what = news::type::choice, .taken = taken, .at = at});
        }
        continue;
      }
      taken.choice = event.choice;
      taken.choices = choices_;
      taken.fault = fault_;
      if (happened.done == sim::effect::read && !waits_on_atomic(event.op)) {
        taken.done = {outcome::read, {}};
      } else {
        taken.done = explorer_.graph().apply_to(event.op, explorer_.graph().state_after(event.cell, event.reads_from),
                                                event.choice, taken.makes);
      }
      happens(thread, {.what = news::type::completion, .taken = taken, .at = at, .woken = woken});
      continue;
    }
    const bool evaluate = taken.cell != none && (!begins_move || part > 0 || replays);
    if (part == 0) {
      taken.choices = choices_;
      taken.fault = fault_;
    }
    if (tells_at_once()) {
      add(taken, evaluate, woken);
    } else {
      happens(thread, {.what = news::type::step, .taken = taken, .evaluate = evaluate, .woken = woken});
    }
  }
  if (kind == operation_kind::wake || kind == operation_kind::lock) of.notified_by = none;
  if (happened.what.target != nullptr && is_joint(happened.what.target->kind(), kind)) {
    note_joint(happened.what, replays ? of.events[of.reached - 1] : explorer_.graph().threads[thread].last);
  }
}

}  // namespace heddle::checker::exploration
