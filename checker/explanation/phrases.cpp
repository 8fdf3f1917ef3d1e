#include "explanation/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::checker {

using sim::operation_kind;

std::string list_of(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

const std::string& thread_name(const trace& happened, sim::thread_id thread) {
  return happened.threads.at(thread).name;
}

std::string object_phrase(const trace& happened, sim::object_id object) {
  const traced_object& it = happened.objects.at(object);
  const std::string_view kind = to_string(it.kind);
  // Objects without a name of their own are called by their kind and a number: the kind is not said twice.
  if (it.name.starts_with(kind)) return it.name + (it.made.known() ? " of " + it.made.text() : "");
  return fmt::format("{} {}", kind, it.name);
}

std::size_t position_of(const trace& happened, event_name event) {
  const auto found = std::find_if(happened.steps.begin(), happened.steps.end(), [&](const step& each) {
    return each.thread == event.thread && each.index == event.index;
  });
  return static_cast<std::size_t>(found - happened.steps.begin());
}

const step* find_step(const trace& happened, event_name event) {
  const std::size_t position = position_of(happened, event);
  return position < happened.steps.size() ? &happened.steps[position] : nullptr;
}

std::string at(const place& where) { return where.known() ? fmt::format(" ({})", where.text()) : std::string(); }

std::vector<held_mutex> held_by(const trace& happened, sim::thread_id thread, std::size_t before) {
  std::vector<held_mutex> held;  // a recursive mutex stands here once for each lock
  const auto let_go = [&](std::optional<sim::object_id> mutex) {
    const auto found =
        std::find_if(held.rbegin(), held.rend(), [&](const held_mutex& each) { return each.mutex == mutex; });
    if (found != held.rend()) held.erase(std::next(found).base());
  };
  for (std::size_t i = 0; i < std::min(before, happened.steps.size()); ++i) {
    const step& each = happened.steps[i];
    if (each.thread != thread) continue;
    switch (each.kind) {
      case operation_kind::lock: held.push_back({*each.object, &each}); break;
      case operation_kind::try_lock:
        if (each.succeeded) held.push_back({*each.object, &each});
        break;
      case operation_kind::wake: held.push_back({*each.mutex, &each}); break;
      case operation_kind::unlock: let_go(each.object); break;
      case operation_kind::wait: let_go(each.mutex); break;
      default: break;
    }
  }
  return held;
}

}  // namespace heddle::checker
