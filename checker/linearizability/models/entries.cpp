// Models whose state is a list of entries: set, map, bank.
#include "linearizability/models/entries.hpp"

#include <algorithm>
#include <array>

#include "linearizability/models/shapes.hpp"

namespace heddle::checker {
namespace {

using value = history_value;
using result = std::optional<outcome>;

value::list::const_iterator lower_bound(const value::list& entries, const value& key) {
  return std::ranges::lower_bound(entries, key, {},
                                  [](const value& each) -> const value& { return each.as_list()->front(); });
}

bool is_at(const value::list& entries, value::list::const_iterator at, const value& key) {
  return at != entries.end() && at->as_list()->front() == key;
}

constexpr auto size = [](const value& state, const model_call&) -> result {
  return outcome{state, state.as_list()->size()};
};
constexpr auto contains = [](const value& state, const model_call& call) -> result {
  return outcome{state, entry(state, call.argument) != nullptr};
};
constexpr auto remove = [](const value& state, const model_call& call) -> result {
  if (entry(state, call.argument) == nullptr) return outcome{state, false};
  return outcome{without_entry(state, call.argument), true};
};

// ---- set: entries without values

constexpr auto add = [](const value& state, const model_call& call) -> result {
  if (entry(state, call.argument) != nullptr) return outcome{state, false};
  return outcome{with_entry(state, call.argument, {}), true};
};
constexpr auto elements = [](const value& state, const model_call&) -> result {
  value::list keys;
  for (const value& each : *state.as_list()) keys.push_back(each.as_list()->front());
  return outcome{state, std::move(keys)};
};

// ---- map

constexpr auto put = [](const value& state, const model_call& call) -> result {
  const value::list& given = *call.argument.as_list();
  return outcome{with_entry(state, given[0], given[1]), {}};
};
constexpr auto put_if_absent = [](const value& state, const model_call& call) -> result {
  const value::list& given = *call.argument.as_list();
  if (entry(state, given[0]) != nullptr) return outcome{state, false};
  return outcome{with_entry(state, given[0], given[1]), true};
};
constexpr auto get = [](const value& state, const model_call& call) -> result {
  const value* const found = entry(state, call.argument);
  return outcome{state, found != nullptr ? *found : value()};
};

// ---- bank: entries of accounts; one that was never heard of has 0

std::int64_t balance_of(const value& state, const value& account) {
  const value* const found = entry(state, account);
  return found != nullptr ? *found->as_number() : 0;
}
value with_more(const value& state, const value& account, std::int64_t more) {
  return with_entry(state, account, balance_of(state, account) + more);
}

constexpr auto deposit = [](const value& state, const model_call& call) -> result {
  const value::list& given = *call.argument.as_list();
  return outcome{with_more(state, given[0], *given[1].as_number()), {}};
};
constexpr auto withdraw = [](const value& state, const model_call& call) -> result {
  const value::list& given = *call.argument.as_list();
  const std::int64_t amount = *given[1].as_number();
  if (balance_of(state, given[0]) < amount) return outcome{state, false};
  return outcome{with_more(state, given[0], -amount), true};
};
constexpr auto transfer_amount = [](const value& state, const model_call& call) -> result {
  const value::list& given = *call.argument.as_list();
  const std::int64_t amount = *given[2].as_number();
  if (balance_of(state, given[0]) < amount) return outcome{state, false};
  return outcome{with_more(with_more(state, given[0], -amount), given[1], amount), true};
};
constexpr auto balance = [](const value& state, const model_call& call) -> result {
  return outcome{state, balance_of(state, call.argument)};
};
constexpr auto total = [](const value& state, const model_call&) -> result {
  std::int64_t sum = 0;
  for (const value& each : *state.as_list()) sum += *each.as_list()->back().as_number();
  return outcome{state, sum};
};

constexpr auto all = [](const value& argument) -> const value& { return argument; };
constexpr auto first = [](const value& argument) -> const value& { return argument.as_list()->front(); };

using namespace shapes;

constexpr std::array set_table{
    model_operation{"add", anything, flag, silence::unknown, add, all, reading::if_refused},
    model_operation{"remove", anything, flag, silence::unknown, remove, all, reading::if_refused},
    model_operation{"contains", anything, flag, silence::literal, contains, all, reading::always},
    model_operation{"read", nothing, list, silence::literal, elements, nullptr, reading::always, false, true},
    model_operation{"size", nothing, number, silence::literal, size, nullptr, reading::always},
};
constexpr std::array map_table{
    model_operation{"put", key_and_value, nothing, silence::unknown, put, first},
    model_operation{"put_if_absent", key_and_value, flag, silence::yes, put_if_absent, first, reading::if_refused},
    model_operation{"get", anything, element, silence::literal, get, all, reading::always},
    model_operation{"remove", anything, flag, silence::unknown, remove, all, reading::if_refused},
    model_operation{"contains", anything, flag, silence::literal, contains, all, reading::always},
    model_operation{"size", nothing, number, silence::literal, size, nullptr, reading::always},
};
constexpr std::array bank_table{
    model_operation{"deposit", account_and_amount, nothing, silence::unknown, deposit, first},
    model_operation{"withdraw", account_and_amount, flag, silence::yes, withdraw, first, reading::if_refused},
    model_operation{"transfer", transfer, flag, silence::yes, transfer_amount, nullptr, reading::if_refused},
    model_operation{"balance", anything, number, silence::literal, balance, all, reading::always},
    model_operation{"total", nothing, number, silence::literal, total, nullptr, reading::always},
};

}  // namespace

const value* entry(const value& entries, const value& key) {
  const value::list& all_entries = *entries.as_list();
  const auto at = lower_bound(all_entries, key);
  return is_at(all_entries, at, key) ? &at->as_list()->back() : nullptr;
}

value with_entry(const value& entries, const value& key, value to) {
  value::list changed = *entries.as_list();
  const auto at = lower_bound(changed, key);
  const auto place = changed.begin() + (at - changed.cbegin());
  value pair(value::list{key, std::move(to)});
  if (is_at(changed, at, key)) {
    *place = std::move(pair);
  } else {
    changed.insert(place, std::move(pair));
  }
  return changed;
}

value without_entry(const value& entries, const value& key) {
  value::list changed = *entries.as_list();
  const auto at = lower_bound(changed, key);
  if (is_at(changed, at, key)) changed.erase(at);
  return changed;
}

std::span<const model_operation> set_operations() { return set_table; }
std::span<const model_operation> map_operations() { return map_table; }
std::span<const model_operation> bank_operations() { return bank_table; }

}  // namespace heddle::checker
