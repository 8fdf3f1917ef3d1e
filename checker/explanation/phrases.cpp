#include "explanation/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "read_text.hpp"

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

std::string spell_out(const trace& happened, std::string_view message) {
  constexpr std::string_view object = "{object ";
  constexpr std::string_view thread = "{thread ";
  std::string text;
  for (;;) {
    const std::size_t begin = message.find('{');
    text += message.substr(0, begin);
    if (begin == std::string_view::npos) return text;
    message.remove_prefix(begin);
    const std::size_t end = std::min(message.find('}'), message.size());
    const bool is_object = message.starts_with(object);
    const std::size_t number_at = is_object || message.starts_with(thread) ? object.size() : end;
    const auto number = read_whole<std::uint32_t>(message.substr(number_at, end - number_at));
    if (number) {
      if (is_object) {
        // An object that is gone may have any number.
        text += *number < happened.objects.size() ? object_phrase(happened, *number) : "an object";
      } else {
        text += thread_name(happened, *number);
      }
      message.remove_prefix(end + 1);
    } else {
      text += '{';
      message.remove_prefix(1);
    }
  }
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
      case operation_kind::lock:
      case operation_kind::try_lock:
      case operation_kind::lock_shared:
      case operation_kind::try_lock_shared:
        if (each.succeeded) held.push_back({*each.object, &each});
        break;
      case operation_kind::wake:
        if (each.succeeded && each.mutex) held.push_back({*each.mutex, &each});
        break;
      case operation_kind::unlock:
      case operation_kind::unlock_shared: let_go(each.object); break;
      case operation_kind::wait:
        if (each.mutex) let_go(each.mutex);
        break;
      default: break;
    }
  }
  return held;
}

}  // namespace heddle::checker
