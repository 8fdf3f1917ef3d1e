// The trace of an execution as a value: the same for all executions that differ only in the order of independent
// events. The oracle of every search that visits less than all interleavings.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/monitor.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/operation.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::oracle {

/** Two kinds of operations on one kind of object whose order nobody can see, though both write. */
struct commuting_rule {
  sim::object_kind on;
  sim::operation_kind a;
  sim::operation_kind b;
  bool with_same_argument = false;  // only then: arrivals in one phase
};
using commuting_rules = std::span<const commuting_rule>;

/** How an execution went. */
struct trace {
  std::string text;
  sim::ending_kind ended = sim::ending_kind::completed;

  /** Whether it was ended before its threads could go no further. Then the trace is what led to that, and no more: what
   * independent threads had done by then is left out. */
  [[nodiscard]] bool cut_short() const {
    return ended != sim::ending_kind::completed && ended != sim::ending_kind::blocked;
  }
};

/**
 * Watches an execution that `picks` decides on, and makes its trace.
 *
 * An event is named by its thread's path and its index there, an object by its number (or, where it records, by the
 * path of the thread that made it and how many that had made). With each event stands what it did, what was chosen
 * within it, and the latest event of each other thread that it depends on. Starts, ends and joins are left out, as the
 * rest implies them. So is what can be told without the order:
 * - a condition variable's `wake` touches the mutex; which notification it comes after is told by that one's choice;
 * - an `await` that succeeded touches nothing: what enabled it stays as it is.
 */
class tracer final : public sim::picker, public sim::monitor {
 public:
  /** `records`: values become part of the trace, and an update that leaves the value as it was is a read. */
  explicit tracer(sim::picker& picks, commuting_rules commuting = {}, bool records = false)
      : picks_(picks), commuting_(commuting), records_(records) {}

  [[nodiscard]] const trace& latest() const noexcept { return latest_; }
  /** In how many ways threads of a directed execution have failed, one after another. */
  [[nodiscard]] const std::vector<trace>& failures() const noexcept { return failures_; }

  std::uint32_t pick(const sim::choice_point& at) override {
    const std::uint32_t picked = picks_.pick(at);
    if (at.kind == sim::choice_kind::thread || picked >= at.count) return picked;
    // A fault is asked about only while there may be more of them: that none was met says nothing.
    if (at.kind == sim::choice_kind::fault && picked == 0) return picked;
    const sim::thread_id by = at.execution.running();
    chosen_.push_back({by, at.execution.thread(by).events,
                       std::string(to_string(at.kind)) + " " +
                           (at.kind == sim::choice_kind::waiter ? name_of(at.candidates[picked], at.execution)
                                                                : std::to_string(picked))});
    return picked;
  }

  [[nodiscard]] sim::director* directs() noexcept override { return picks_.directs(); }

  [[nodiscard]] bool records() const noexcept override { return records_; }

  void on_begin(sim::simulator& execution) override {
    execution_ = &execution;
    failed_ = false;
    failures_.clear();
    events_.clear();
    chosen_.clear();
    object_names_.assign(1, "");  // the console's
    objects_made_.clear();
    latest_of_.clear();
    woken_by_.clear();
    for (std::vector<position>& each : accesses_) each.clear();
  }

  void on_object(const sim::object& made, std::string_view /*name*/, sim::source_location /*where*/) override {
    const sim::thread_id by = execution_->running();
    static_cast<void>(made);  // has no number yet; they are numbered in the order of these calls
    object_names_.push_back("of " + name_of(by, *execution_) + ":" + std::to_string(objects_made_[by]++));
  }

  void on_copy(const sim::object& /*copy*/, const sim::object& original, sim::thread_id main) override {
    object_names_.push_back(object_names_.at(original.id()) + " in " + name_of(main, *execution_));
  }

  void on_event(const sim::event& happened) override {
    events_.push_back(
        {happened.thread, happened.index, happened.what.kind, happened.what.argument, {}, {}, {}, describe(happened)});
    event& made = events_.back();
    const auto here = static_cast<position>(events_.size() - 1);
    made.touches = touched_by(happened);
    order(made, here);
  }

  void on_blocked(sim::thread_id /*thread*/) override {}

  void on_failed(const sim::ending& how) override {
    failed_ = false;
    on_end(how);
    failed_ = true;
    failures_.push_back(latest_);
  }

  void on_end(const sim::ending& how) override {
    if (failed_) return;
    latest_.ended = how.kind;
    latest_.text = std::string(to_string(how.kind)) + "\n";
    if (!latest_.cut_short()) return show(std::vector<bool>(events_.size(), true));
    if (how.thread == sim::no_thread) return show(std::vector<bool>(events_.size(), false));
    latest_.text += "by " + name_of(how.thread, *execution_);
    show(causes_of_end(how.thread));
  }

 private:
  using position = std::uint32_t;

  struct touch {
    touch(const sim::object& touched, sim::effect what) : object(touched.id()), kind(touched.kind()), done(what) {}

    sim::object_id object;
    sim::object_kind kind;
    sim::effect done;
  };
  struct event {
    sim::thread_id thread;
    std::uint32_t index;
    sim::operation_kind kind;
    std::uint64_t argument;
    std::vector<touch> touches;
    std::vector<position> ordered_after;  // the latest of each other thread that it depends on
    std::vector<position> also_after;     // its cause, which the rest implies
    std::string what;
  };
  struct inner_choice {
    sim::thread_id thread;
    std::uint32_t index;
    std::string what;
  };

  static std::string name_of(sim::thread_id id, const sim::simulator& execution) {
    const std::string path = execution.path(id);
    return id == 0 ? path : path.substr(std::string("main/").size());
  }

  static bool is_notification(sim::operation_kind kind) {
    return kind == sim::operation_kind::notify_one || kind == sim::operation_kind::notify_all;
  }

  // Of an update: what it did if one looks at the values.
  static sim::effect really_done(const sim::event& happened) {
    const bool leaves_value = happened.values != nullptr && contains(sim::atomic_updates, happened.what.kind) &&
                              happened.values->read == happened.values->written;
    return leaves_value ? sim::effect::read : happened.done;
  }

  // Whether it begins a condition wait that nobody can notify.
  [[nodiscard]] bool spurious(const sim::event& happened) const {
    return happened.what.kind == sim::operation_kind::wait && !chosen_.empty() &&
           chosen_.back().thread == happened.thread && chosen_.back().index == happened.index;
  }

  [[nodiscard]] std::vector<touch> touched_by(const sim::event& happened) const {
    const sim::operation& op = happened.what;
    if (op.target == nullptr || happened.done == sim::effect::none) return {};
    const bool on_atomic = op.target->kind() == sim::object_kind::atomic;
    if (op.kind == sim::operation_kind::await && happened.succeeded && !on_atomic) return {};
    if (op.kind == sim::operation_kind::wake && op.mutex != nullptr) {
      return {{happened.succeeded ? *op.mutex : *op.target, sim::effect::update}};
    }
    if (on_atomic && contains(sim::waits_and_notifications, op.kind)) {
      return {{*op.target, sim::effect::update}};  // the engine does not look at who waits for what
    }
    std::vector<touch> touches;
    if (!spurious(happened)) touches.emplace_back(*op.target, really_done(happened));
    if (op.mutex != nullptr) touches.push_back({*op.mutex, sim::effect::update});
    return touches;
  }

  [[nodiscard]] bool commute(const event& a, const event& b, sim::object_kind on) const {
    return std::any_of(commuting_.begin(), commuting_.end(), [&](const commuting_rule& rule) {
      return rule.on == on && ((rule.a == a.kind && rule.b == b.kind) || (rule.a == b.kind && rule.b == a.kind)) &&
             (!rule.with_same_argument || a.argument == b.argument);
    });
  }

  [[nodiscard]] bool dependent(const event& before, const event& now, const touch& by) const {
    if (commute(before, now, by.kind)) return false;
    if (writes(by.done)) return true;
    return std::any_of(before.touches.begin(), before.touches.end(),
                       [&](const touch& its) { return its.object == by.object && writes(its.done); });
  }

  // Of each other thread only the latest: its earlier ones come before that.
  void order_after(event& made, position before) const {
    for (position& known : made.ordered_after) {
      if (events_[known].thread != events_[before].thread) continue;
      known = std::max(known, before);
      return;
    }
    made.ordered_after.push_back(before);
  }

  void order_by_touches(event& made) {
    for (const touch& each : made.touches) {
      if (accesses_.size() <= each.object) accesses_.resize(each.object + 1);
      for (const position before : accesses_[each.object]) {
        if (events_[before].thread != made.thread && dependent(events_[before], made, each)) order_after(made, before);
      }
    }
  }

  void order(event& made, position here) {
    order_by_touches(made);
    for (const touch& each : made.touches) accesses_[each.object].push_back(here);

    if (latest_of_.size() < execution_->thread_count()) latest_of_.resize(execution_->thread_count(), none);
    if (latest_of_[made.thread] != none) made.also_after.push_back(latest_of_[made.thread]);
    latest_of_[made.thread] = here;
    if (made.kind == sim::operation_kind::start) {
      latest_of_[made.argument] = here;
    } else if (made.kind == sim::operation_kind::join) {
      made.also_after.push_back(latest_of_[made.argument]);
    } else if (made.kind == sim::operation_kind::wake) {
      const auto found = woken_by_.find(made.thread);
      if (found == woken_by_.end()) return;
      made.also_after.push_back(found->second);
      woken_by_.erase(found);
    } else if (is_notification(made.kind)) {
      for (sim::thread_id id = 0; id < execution_->thread_count(); ++id) {
        const sim::thread_view view = execution_->thread(id);
        if (view.ended || !view.published || view.pending.kind != sim::operation_kind::wake) continue;
        if (view.pending.argument != static_cast<std::uint64_t>(sim::woken::notified)) continue;
        woken_by_.emplace(id, here);  // unless another one did before
      }
    }
  }

  [[nodiscard]] std::string name_of(const sim::object& which) const {
    return std::string(to_string(which.kind())) + " " +
           (records_ ? object_names_.at(which.id()) : std::to_string(which.id()));
  }

  [[nodiscard]] std::string describe(const sim::event& happened) const {
    static constexpr const char* effects[] = {"", " (read)", " (write)", " (update)"};
    const sim::operation& op = happened.what;
    std::string text(to_string(op.kind));
    if (op.target != nullptr) text += " " + name_of(*op.target);
    text += effects[static_cast<std::size_t>(really_done(happened))];
    // Of a notification that wakes nobody, it may be told whether somebody was there: nobody in the program can tell.
    if (!happened.succeeded && !is_notification(op.kind)) text += " fails";
    if (happened.values != nullptr) text += " " + happened.values->read + ">" + happened.values->written;
    return text;
  }

  // The thread's past, and that of the operation that it was at, if it had not performed it.
  [[nodiscard]] std::vector<bool> causes_of_end(sim::thread_id ended_by) {
    event last{ended_by, 0, {}, 0, {}, {}, {}, {}};
    if (ended_by < latest_of_.size() && latest_of_[ended_by] != none) last.also_after.push_back(latest_of_[ended_by]);
    const sim::thread_view view = execution_->thread(ended_by);
    if (view.published && view.pending.target != nullptr) {
      latest_.text += " at " + std::string(to_string(view.pending.kind)) + " of " + name_of(*view.pending.target);
      last.kind = view.pending.kind;
      last.argument = view.pending.argument;
      last.touches = {{*view.pending.target, effect_of(last.kind)}};
      if (view.pending.mutex != nullptr) last.touches.push_back({*view.pending.mutex, sim::effect::update});
      order_by_touches(last);
    }
    latest_.text += "\n";
    std::vector<bool> causes(events_.size(), false);
    std::vector<position> left(last.also_after);
    left.insert(left.end(), last.ordered_after.begin(), last.ordered_after.end());
    while (!left.empty()) {
      const position at = left.back();
      left.pop_back();
      if (causes[at]) continue;
      causes[at] = true;
      left.insert(left.end(), events_[at].also_after.begin(), events_[at].also_after.end());
      left.insert(left.end(), events_[at].ordered_after.begin(), events_[at].ordered_after.end());
    }
    return causes;
  }

  void show(const std::vector<bool>& which) {
    std::map<sim::thread_id, std::string> names;
    for (sim::thread_id id = 0; id < execution_->thread_count(); ++id) names[id] = name_of(id, *execution_);
    std::map<std::string, std::string> threads;  // by name, which does not depend on the order of their starts
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const event& each = events_[i];
      using enum sim::operation_kind;
      if (!which[i] || contains(sim::kinds({start, end, join}), each.kind)) continue;
      std::string& text = threads[names[each.thread]];
      text += "  " + names[each.thread] + "#" + std::to_string(each.index) + " " + each.what;
      for (const inner_choice& choice : chosen_) {
        if (choice.thread == each.thread && choice.index == each.index) text += " [" + choice.what + "]";
      }
      std::vector<std::string> before;
      for (const position at : each.ordered_after) {
        before.push_back(names[events_[at].thread] + "#" + std::to_string(events_[at].index));
      }
      std::sort(before.begin(), before.end());
      for (std::size_t b = 0; b < before.size(); ++b) text += (b == 0 ? " after " : " ") + before[b];
      text += "\n";
    }
    for (const auto& [name, text] : threads) latest_.text += text;
  }

  static constexpr position none = UINT32_MAX;

  sim::picker& picks_;
  commuting_rules commuting_;
  bool records_;
  sim::simulator* execution_ = nullptr;
  std::vector<event> events_;
  std::vector<inner_choice> chosen_;
  std::vector<std::vector<position>> accesses_;  // by object: who touched it
  std::vector<position> latest_of_;              // by thread: its latest event, or the one that started it
  std::map<sim::thread_id, position> woken_by_;  // of those whose wake is still to come
  std::vector<std::string> object_names_;        // by number, where it records
  std::map<sim::thread_id, std::uint32_t> objects_made_;
  std::vector<trace> failures_;
  bool failed_ = false;  // a thread of a directed execution has, and latest_ is known
  trace latest_;
};

}  // namespace heddle::oracle
