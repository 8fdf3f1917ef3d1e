#include "explanation/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "explanation/blocked_threads.hpp"
#include "explanation/phrases.hpp"
#include "report/steps.hpp"

namespace heddle::checker {
namespace {

std::string describe_race(const finding& race, const trace& happened) {
  const step* first = find_step(happened, race.events.at(0));
  const step* second = find_step(happened, race.events.at(1));
  return fmt::format("data race on {}: {} by {}{} and {} by {}{} are not ordered.",
                     object_phrase(happened, race.object), to_string(first->kind), thread_name(happened, first->thread),
                     at(first->where), to_string(second->kind), thread_name(happened, second->thread),
                     at(second->where));
}

std::string locks_held(const trace& happened, event_name event) {
  std::vector<std::string> names;
  for (const held_mutex& each : held_by(happened, event.thread, position_of(happened, event))) {
    names.push_back(fmt::format("{}{}", object_phrase(happened, each.mutex), at(each.taken->where)));
  }
  return names.empty() ? "no lock" : list_of(names);
}

std::string why_unordered(const finding& race, const trace& happened) {
  const event_name first = race.events.at(0);
  const event_name second = race.events.at(1);
  return fmt::format(
      "{} holds {} at its access, {} holds {}: no lock that both hold, and no start, join or release and acquire "
      "between the two, makes one happen before the other.",
      thread_name(happened, first.thread), locks_held(happened, first), thread_name(happened, second.thread),
      locks_held(happened, second));
}

std::string_view verb_of(const step& of) {
  return of.instruction.empty() ? to_string(of.kind) : std::string_view(of.instruction);
}

std::string describe_lost_update(const finding& update, const trace& happened) {
  const step* read = find_step(happened, update.events.at(0));
  const step* lost = find_step(happened, update.events.at(1));
  const step* store = find_step(happened, update.events.at(2));
  return fmt::format(
      "lost update: {}'s {} of {} to {}{} overwrites {}'s {} of {}{}, which {} never saw: it had read {}{}{}.",
      thread_name(happened, store->thread), verb_of(*store), store->written, object_phrase(happened, update.object),
      at(store->where), thread_name(happened, lost->thread), verb_of(*lost), lost->written, at(lost->where),
      thread_name(happened, store->thread), read->read, read->instruction.empty() ? "" : " by " + read->instruction,
      at(read->where));
}

// Of a program that an interpreter runs: where its lock was handed over so that this could happen; or empty.
std::string describe_hand_over(const finding& update, const trace& happened) {
  const std::size_t read = position_of(happened, update.events.at(0));
  const std::size_t store = position_of(happened, update.events.at(2));
  for (std::size_t i = read; i < std::min(store, happened.steps.size()); ++i) {
    const step& each = happened.steps[i];
    const bool lets_go = each.kind == sim::operation_kind::unlock && each.thread == update.thread && each.object &&
                         happened.objects.at(*each.object).kind == sim::object_kind::interpreter_lock;
    if (!lets_go) continue;
    return fmt::format("between its {} and its {}, {} {}{}.", happened.steps[read].instruction,
                       happened.steps[store].instruction, thread_name(happened, update.thread),
                       describe(happened, each), at(each.where));
  }
  return {};
}

// The last thing that a thread did, for failures that have no place of their own.
std::string after_its_last_event(const trace& happened, sim::thread_id thread) {
  for (auto each = happened.steps.rbegin(); each != happened.steps.rend(); ++each) {
    if (each->thread == thread && each->where.known()) {
      return fmt::format(", after its {}{}", to_string(each->kind), at(each->where));
    }
  }
  return {};
}

// An interpreter knows where an exception was raised; of C++'s only the thread's last event is known.
std::string place_of_exception(const trace& happened, sim::thread_id thread, const place& ended_at) {
  const auto last = std::find_if(happened.steps.rbegin(), happened.steps.rend(),
                                 [&](const step& each) { return each.thread == thread && each.where.known(); });
  const bool is_known = ended_at.known() && (last == happened.steps.rend() || last->where != ended_at);
  return is_known ? at(ended_at) : after_its_last_event(happened, thread);
}

std::string describe(const finding& found, const trace& happened, const place& ended_at) {
  const auto who = [&] { return found.thread == sim::no_thread ? "the program" : thread_name(happened, found.thread); };
  switch (found.kind) {
    case failure_kind::data_race: return describe_race(found, happened);
    case failure_kind::deadlock:
    case failure_kind::lost_wakeup: return describe_blocked(found, happened);
    case failure_kind::lost_update: return describe_lost_update(found, happened);
    case failure_kind::assertion: return fmt::format("check failed in {}: {}{}.", who(), found.message, at(ended_at));
    case failure_kind::uncaught_exception:
      return fmt::format("uncaught exception in {}: {}{}.", who(), found.message,
                         place_of_exception(happened, found.thread, ended_at));
    case failure_kind::livelock:
      // An interpreter has a limit of its own, and says how much it counted.
      if (!found.message.empty()) {
        return fmt::format("{} and no end: a livelock, unless the program just needs more (-p bytecode-limit=N).",
                           found.message);
      }
      return fmt::format("{} events and no end: a livelock, unless the program just needs more (--event-limit).",
                         happened.steps.size());
    case failure_kind::misuse:
      return fmt::format("misuse by {}: {}{}.", who(), spell_out(happened, found.message),
                         ended_at.known() ? at(ended_at) : after_its_last_event(happened, found.thread));
    case failure_kind::stack_overflow:
      return fmt::format("stack overflow in {}{}: {}.", who(), at(ended_at), found.message);
    case failure_kind::crash:
    case failure_kind::abort:
    case failure_kind::exit:
    case failure_kind::hang:
      return fmt::format("{} in {}: {}{}.", to_string(found.kind), who(), found.message,
                         ended_at.known() ? at(ended_at) : after_its_last_event(happened, found.thread));
    case failure_kind::not_linearizable:
    case failure_kind::unreached:
    case failure_kind::nondeterminism: return found.message;
  }
  return found.message;
}

}  // namespace

std::string say_what(const evidence& of) { return describe(of.found, of.happened, of.ended_at); }

std::vector<std::string> explain(const evidence& of) {
  std::vector<std::string> sentences;
  if (of.found.kind == failure_kind::data_race) sentences.push_back(why_unordered(of.found, of.happened));
  if (of.found.kind == failure_kind::deadlock || of.found.kind == failure_kind::lost_wakeup) {
    sentences = explain_blocked(of.found, of.happened);
  }
  if (of.consequence != nullptr) {
    sentences.push_back("What came of it: " + describe(*of.consequence, of.happened, of.ended_at));
    if (of.consequence->kind == failure_kind::deadlock || of.consequence->kind == failure_kind::lost_wakeup) {
      for (std::string& each : explain_blocked(*of.consequence, of.happened)) sentences.push_back(std::move(each));
    }
  }
  const auto add_hand_over = [&](const finding& update) {
    if (std::string sentence = describe_hand_over(update, of.happened); !sentence.empty()) {
      sentences.push_back(std::move(sentence));
    }
  };
  if (of.found.kind == failure_kind::lost_update) add_hand_over(of.found);
  if (of.found.kind == failure_kind::assertion || of.found.kind == failure_kind::data_race) {
    for (const finding& each : of.lost_updates) {
      sentences.push_back(describe_lost_update(each, of.happened));
      add_hand_over(each);
    }
  }
  return sentences;
}

}  // namespace heddle::checker
