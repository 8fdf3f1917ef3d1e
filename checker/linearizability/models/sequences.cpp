// Models whose state is a list in some order: queue, stack, priority queue.
#include <algorithm>
#include <array>

#include "linearizability/models/shapes.hpp"

namespace heddle::checker {
namespace {

using value = history_value;
using result = std::optional<outcome>;

constexpr auto push_back = [](const value& state, const model_call& call) -> result {
  value::list items = *state.as_list();
  items.push_back(call.argument);
  return outcome{std::move(items), {}};
};
constexpr auto insert_in_order = [](const value& state, const model_call& call) -> result {
  value::list items = *state.as_list();
  items.insert(std::upper_bound(items.begin(), items.end(), call.argument), call.argument);
  return outcome{std::move(items), {}};
};
constexpr auto peek_front = [](const value& state, const model_call&) -> result {
  return outcome{state, state.as_list()->empty() ? value() : state.as_list()->front()};
};
constexpr auto peek_back = [](const value& state, const model_call&) -> result {
  return outcome{state, state.as_list()->empty() ? value() : state.as_list()->back()};
};
constexpr auto pop_front = [](const value& state, const model_call&) -> result {
  value::list items = *state.as_list();
  if (items.empty()) return outcome{state, {}};
  value first = std::move(items.front());
  items.erase(items.begin());
  return outcome{std::move(items), std::move(first)};
};
constexpr auto pop_back = [](const value& state, const model_call&) -> result {
  value::list items = *state.as_list();
  if (items.empty()) return outcome{state, {}};
  value last = std::move(items.back());
  items.pop_back();
  return outcome{std::move(items), std::move(last)};
};
constexpr auto size = [](const value& state, const model_call&) -> result {
  return outcome{state, state.as_list()->size()};
};

using namespace shapes;

constexpr model_operation size_of{"size", nothing, number, silence::literal, size, nullptr, reading::always};

constexpr std::array queue_table{
    model_operation{"enqueue", something, nothing, silence::unknown, push_back},
    model_operation{"dequeue", nothing, element, silence::literal, pop_front},
    model_operation{"push", something, nothing, silence::unknown, push_back},
    model_operation{"pop", nothing, element, silence::literal, pop_front},
    model_operation{"peek", nothing, element, silence::literal, peek_front, nullptr, reading::always},
    size_of,
};
constexpr std::array stack_table{
    model_operation{"push", something, nothing, silence::unknown, push_back},
    model_operation{"pop", nothing, element, silence::literal, pop_back},
    model_operation{"peek", nothing, element, silence::literal, peek_back, nullptr, reading::always},
    size_of,
};
constexpr std::array priority_queue_table{
    model_operation{"push", something, nothing, silence::unknown, insert_in_order},
    model_operation{"pop", nothing, element, silence::literal, pop_front},
    model_operation{"peek", nothing, element, silence::literal, peek_front, nullptr, reading::always},
    size_of,
};

}  // namespace

std::span<const model_operation> queue_operations() { return queue_table; }
std::span<const model_operation> stack_operations() { return stack_table; }
std::span<const model_operation> priority_queue_operations() { return priority_queue_table; }

}  // namespace heddle::checker
