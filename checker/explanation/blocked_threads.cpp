#include "explanation/blocked_threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "explanation/phrases.hpp"

namespace heddle::checker {
namespace {

using sim::operation_kind;

const pending_step* pending_of(const trace& happened, sim::thread_id thread) {
  const auto found = std::find_if(happened.pending.begin(), happened.pending.end(),
                                  [&](const pending_step& each) { return each.thread == thread; });
  return found == happened.pending.end() ? nullptr : &*found;
}

std::optional<sim::thread_id> holder_of(const trace& happened, sim::object_id mutex) {
  for (sim::thread_id thread = 0; thread < happened.threads.size(); ++thread) {
    for (const held_mutex& each : held_by(happened, thread, happened.steps.size())) {
      if (each.mutex == mutex) return thread;
    }
  }
  return std::nullopt;
}

// A wake whose thread was notified wants its mutex back; one that was not waits for the notification.
bool waits_for_notification(const pending_step& waiting) {
  return waiting.next.kind == operation_kind::wake && !waiting.next.succeeded;
}

std::string what_it_awaits(const trace& happened, sim::object_id object) {
  const std::string phrase = object_phrase(happened, object);
  switch (happened.objects.at(object).kind) {
    case sim::object_kind::process: return fmt::format("waits for the end of {}", phrase);
    case sim::object_kind::latch: return fmt::format("waits for {} to be counted down to 0", phrase);
    case sim::object_kind::event: return fmt::format("waits for {} to be set", phrase);
    case sim::object_kind::queue: return fmt::format("waits for all tasks of {} to be done", phrase);
    case sim::object_kind::barrier: return fmt::format("waits at {} for a phase to end", phrase);
    case sim::object_kind::future: return fmt::format("waits for the result of {}", phrase);
    case sim::object_kind::atomic: return fmt::format("waits for {} to have another value", phrase);
    default: return fmt::format("waits on {}", phrase);
  }
}

// ", which a is in"
std::string who_is_in(const trace& happened, sim::object_id once_flag, sim::thread_id asks) {
  std::optional<sim::thread_id> inside;
  for (const step& each : happened.steps) {
    if (each.object != once_flag) continue;
    if (each.kind == operation_kind::enter_once && sim::writes(each.done)) inside = each.thread;
    if (each.kind == operation_kind::leave_once) inside.reset();
  }
  if (!inside) return {};
  return fmt::format(", which {} is in{}", *inside == asks ? "it" : thread_name(happened, *inside),
                     *inside == asks ? " itself" : "");
}

std::string what_it_waits_for(const pending_step& waiting, const trace& happened) {
  const step& next = waiting.next;
  const auto is_on = [&](sim::object_kind kind) { return happened.objects.at(*next.object).kind == kind; };
  const auto mutex_and_holder = [&](sim::object_id mutex, std::string_view again) {
    const std::optional<sim::thread_id> holder = holder_of(happened, mutex);
    const std::string phrase = object_phrase(happened, mutex).append(again);
    // Nobody that took it holds it: it is a process's copy of a mutex that was held.
    if (!holder && !waiting.enabled) return phrase + ", which was held when the process was started, for ever";
    if (!holder) return phrase;
    const bool ended = pending_of(happened, *holder) == nullptr;
    return fmt::format("{}, which {} holds{}", phrase,
                       *holder == waiting.thread ? "it" : thread_name(happened, *holder),
                       *holder == waiting.thread ? " itself"
                       : ended                   ? ", and has ended"
                                                 : "");
  };
  switch (next.kind) {
    case operation_kind::lock: return "waits to lock " + mutex_and_holder(*next.object, "");
    case operation_kind::lock_shared: return "waits to share " + mutex_and_holder(*next.object, "");
    case operation_kind::wake:
      if (waits_for_notification(waiting)) {
        return fmt::format("waits on {} for a notification", object_phrase(happened, *next.object));
      }
      return fmt::format("was notified on {} and waits to lock {}", object_phrase(happened, *next.object),
                         mutex_and_holder(*next.mutex, " again"));
    case operation_kind::join: return fmt::format("waits for the end of {}", thread_name(happened, *next.other));
    case operation_kind::acquire:
      if (is_on(sim::object_kind::condition_variable)) {  // one of Python's
        return fmt::format("waits on {} for a notification", object_phrase(happened, *next.object));
      }
      return fmt::format("waits for a release of {}", object_phrase(happened, *next.object));
    case operation_kind::pop:
      return fmt::format("waits for a {} in {}, which is empty", is_on(sim::object_kind::pipe) ? "message" : "value",
                         object_phrase(happened, *next.object));
    case operation_kind::push:
      return fmt::format("waits for room in {}, which is full", object_phrase(happened, *next.object));
    case operation_kind::await: return what_it_awaits(happened, *next.object);
    case operation_kind::enter_once:
      return fmt::format("waits for the call_once of {}{}", object_phrase(happened, *next.object),
                         who_is_in(happened, *next.object, waiting.thread));
    case operation_kind::remove_callback:
      return fmt::format("waits for the end of a callback of {}", object_phrase(happened, *next.object));
    default: return fmt::format("is at its {}", to_string(next.kind));
  }
}

std::string sentence_on(sim::thread_id thread, const trace& happened) {
  const pending_step* waiting = pending_of(happened, thread);
  if (waiting == nullptr) return thread_name(happened, thread) + " has ended.";
  std::vector<std::string> held;
  for (const held_mutex& each : held_by(happened, thread, happened.steps.size())) {
    held.push_back(
        fmt::format("{}{}", object_phrase(happened, each.mutex),
                    each.taken->where.known() ? fmt::format(" (taken at {})", each.taken->where.text()) : ""));
  }
  return fmt::format("{} {}{}{}.", thread_name(happened, thread),
                     held.empty() ? "" : fmt::format("holds {} and ", list_of(held)),
                     what_it_waits_for(*waiting, happened), at(waiting->next.where));
}

std::vector<std::string> names_of(const std::vector<sim::thread_id>& threads, const trace& happened) {
  std::vector<std::string> names;
  for (const sim::thread_id thread : threads) names.push_back(thread_name(happened, thread));
  return names;
}

bool is_cycle(const finding& found) {
  return found.thread != sim::no_thread;  // somebody closed it; an execution that just stops has nobody
}

// The notifications that came when nobody waited, on a condition variable where somebody waits now.
std::vector<std::string> notifications_in_vain(const trace& happened) {
  std::vector<std::string> sentences;
  for (const step& each : happened.steps) {
    const bool notifies = each.kind == operation_kind::notify_one || each.kind == operation_kind::notify_all;
    if (!notifies || each.succeeded) continue;
    const bool waited_for_now =
        std::any_of(happened.pending.begin(), happened.pending.end(), [&](const pending_step& waiting) {
          return waits_for_notification(waiting) && waiting.next.object == each.object;
        });
    if (!waited_for_now) continue;
    sentences.push_back(fmt::format("{}'s {}{} came when nobody waited, and was lost.",
                                    thread_name(happened, each.thread), to_string(each.kind), at(each.where)));
  }
  return sentences;
}

}  // namespace

std::string describe_blocked(const finding& found, const trace& happened) {
  const std::string names = list_of(names_of(found.threads, happened));
  if (found.kind == failure_kind::lost_wakeup) {
    for (const pending_step& waiting : happened.pending) {
      if (!waits_for_notification(waiting)) continue;
      return fmt::format("lost wake-up: {} waits on {}{}, and nobody is left to notify it.",
                         thread_name(happened, waiting.thread), object_phrase(happened, *waiting.next.object),
                         at(waiting.next.where));
    }
  }
  if (!is_cycle(found)) {
    return fmt::format("deadlock: no thread can move; {} wait{} for what nobody is left to do.", names,
                       found.threads.size() == 1 ? "s" : "");
  }
  if (found.threads.size() == 1) return fmt::format("deadlock of {}: it waits for itself.", names);
  return fmt::format("deadlock of {}: each waits for the next, and the last for the first.", names);
}

std::vector<std::string> explain_blocked(const finding& found, const trace& happened) {
  std::vector<std::string> sentences;
  for (const sim::thread_id thread : found.threads) sentences.push_back(sentence_on(thread, happened));
  for (std::string& each : notifications_in_vain(happened)) sentences.push_back(std::move(each));
  std::vector<std::string> others;
  for (const pending_step& each : happened.pending) {
    if (each.enabled) others.push_back(thread_name(happened, each.thread));
  }
  if (!others.empty()) sentences.push_back(fmt::format("{} could still run on.", list_of(others)));
  return sentences;
}

}  // namespace heddle::checker
