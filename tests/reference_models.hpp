// The models of histories once more, written without those that are tested, and the operations that are drawn for them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <heddle/history.hpp>

#include "histories.hpp"

namespace heddle::test {

using value = history_value;

struct object {
  value cell;
  std::int64_t number = 0;
  std::deque<value> items;
  std::map<value, value> entries;
};

struct reference_call {
  const std::string& name;
  const value& argument;
  const std::string& process;
};

/** What an operation returns; nothing if it has to wait. */
using reference = std::optional<value> (*)(object& state, const reference_call& call);

inline const value& at(const value& list, std::size_t i) { return (*list.as_list())[i]; }

inline std::optional<value> use_register(object& state, const reference_call& call) {
  if (call.name == "read") return state.cell;
  if (call.name == "write") return state.cell = call.argument, value();
  if (call.name == "swap") return std::exchange(state.cell, call.argument);
  const bool same = state.cell == at(call.argument, 0);
  if (same) state.cell = at(call.argument, 1);
  return same;
}

inline std::optional<value> use_counter(object& state, const reference_call& call) {
  const std::int64_t before = state.number;
  if (call.name == "read") return before;
  if (call.name == "increment") return ++state.number, value();
  if (call.name == "decrement") return --state.number, value();
  state.number += *call.argument.as_number();
  return call.name == "fetch_add" ? value(before) : value();
}

template <bool FromBack, bool Sorted>
inline std::optional<value> use_sequence(object& state, const reference_call& call) {
  std::deque<value>& items = state.items;
  if (call.name == "size") return items.size();
  if (call.name == "push" || call.name == "enqueue") {
    items.push_back(call.argument);
    if (Sorted) std::sort(items.begin(), items.end());
    return value();
  }
  if (items.empty()) return value();
  const value taken = FromBack ? items.back() : items.front();
  if (call.name != "peek") FromBack ? items.pop_back() : items.pop_front();
  return taken;
}

inline std::optional<value> use_set(object& state, const reference_call& call) {
  if (call.name == "size") return state.entries.size();
  if (call.name == "add") return state.entries.emplace(call.argument, value()).second;
  if (call.name == "remove") return state.entries.erase(call.argument) > 0;
  if (call.name == "contains") return state.entries.contains(call.argument);
  value::list all;
  for (const auto& [key, none] : state.entries) all.push_back(key);
  return all;
}

inline std::optional<value> use_map(object& state, const reference_call& call) {
  if (call.name == "size") return state.entries.size();
  if (call.name == "put") return state.entries[at(call.argument, 0)] = at(call.argument, 1), value();
  if (call.name == "put_if_absent") return state.entries.emplace(at(call.argument, 0), at(call.argument, 1)).second;
  if (call.name == "remove") return state.entries.erase(call.argument) > 0;
  if (call.name == "contains") return state.entries.contains(call.argument);
  return state.entries.contains(call.argument) ? state.entries[call.argument] : value();
}

inline std::optional<value> use_lock(object& state, const reference_call& call) {
  const bool free = state.cell.is_nothing();
  if (call.name == "unlock" || call.name == "release") {
    if (state.cell != value(call.process)) return std::nullopt;
    state.cell = {};
    return value();
  }
  if (free) state.cell = call.process;
  if (call.name == "try_lock") return free;
  return free ? std::optional(value()) : std::nullopt;
}

inline std::optional<value> use_bank(object& state, const reference_call& call) {
  const auto balance = [&](const value& account) {
    return state.entries.contains(account) ? *state.entries[account].as_number() : 0;
  };
  if (call.name == "balance") return balance(call.argument);
  if (call.name == "total") {
    std::int64_t sum = 0;
    for (const auto& [account, amount] : state.entries) sum += *amount.as_number();
    return sum;
  }
  const value& account = at(call.argument, 0);
  const std::int64_t amount = *call.argument.as_list()->back().as_number();
  if (call.name == "deposit") return state.entries[account] = balance(account) + amount, value();
  if (balance(account) < amount) return false;
  state.entries[account] = balance(account) - amount;
  if (call.name == "transfer") state.entries[at(call.argument, 1)] = balance(at(call.argument, 1)) + amount;
  return true;
}

// ---- the operations that are drawn

enum class given { nothing, small, pair, account, accounts };
enum class answer { nothing, flag, number, element, list };

struct verb {
  std::string name;
  given takes;
  answer gives;
};

struct tested_model {
  std::string name;
  reference use;
  std::vector<verb> verbs;

  friend void PrintTo(const tested_model& of, std::ostream* out) { *out << of.name; }
};

inline const std::vector<verb> of_sequence{
    {"push", given::small, answer::nothing},   {"pop", given::nothing, answer::element},
    {"push", given::small, answer::nothing},   {"pop", given::nothing, answer::element},
    {"peek", given::nothing, answer::element}, {"size", given::nothing, answer::number}};

inline const std::vector<tested_model> tested{
    {"register", use_register, {{"read", given::nothing, answer::element}, {"write", given::small, answer::nothing}}},
    {"cas-register",
     use_register,
     {{"read", given::nothing, answer::element},
      {"write", given::small, answer::nothing},
      {"swap", given::small, answer::element},
      {"cas", given::pair, answer::flag}}},
    {"counter",
     use_counter,
     {{"read", given::nothing, answer::number},
      {"add", given::small, answer::nothing},
      {"increment", given::nothing, answer::nothing},
      {"decrement", given::nothing, answer::nothing},
      {"fetch_add", given::small, answer::number}}},
    {"queue", use_sequence<false, false>, of_sequence},
    {"stack", use_sequence<true, false>, of_sequence},
    {"priority-queue", use_sequence<false, true>, of_sequence},
    {"set",
     use_set,
     {{"add", given::small, answer::flag},
      {"remove", given::small, answer::flag},
      {"contains", given::small, answer::flag}}},
    {"set",
     use_set,
     {{"add", given::small, answer::flag},
      {"remove", given::small, answer::flag},
      {"read", given::nothing, answer::list},
      {"size", given::nothing, answer::number}}},
    {"map",
     use_map,
     {{"put", given::pair, answer::nothing},
      {"get", given::small, answer::element},
      {"remove", given::small, answer::flag},
      {"put_if_absent", given::pair, answer::flag},
      {"contains", given::small, answer::flag}}},
    {"map",
     use_map,
     {{"put", given::pair, answer::nothing},
      {"get", given::small, answer::element},
      {"remove", given::small, answer::flag},
      {"size", given::nothing, answer::number}}},
    {"lock",
     use_lock,
     {{"lock", given::nothing, answer::nothing},
      {"unlock", given::nothing, answer::nothing},
      {"try_lock", given::nothing, answer::flag}}},
    {"bank",
     use_bank,
     {{"deposit", given::account, answer::nothing},
      {"withdraw", given::account, answer::flag},
      {"transfer", given::accounts, answer::flag},
      {"balance", given::small, answer::number},
      {"total", given::nothing, answer::number}}},
};

inline value small(dice& with) { return 1 + with.below(2); }

inline value draw_argument(dice& with, given what) {
  switch (what) {
    case given::nothing: return {};
    case given::small: return small(with);
    case given::pair:
    case given::account: return value::list{small(with), small(with)};
    case given::accounts: break;
  }
  return value::list{small(with), small(with), small(with)};
}

inline value draw_answer(dice& with, answer what) {
  switch (what) {
    case answer::nothing: return {};
    case answer::flag: return with.percent(50);
    case answer::number: return with.below(4);
    case answer::element: return with.percent(30) ? value() : small(with);
    case answer::list: break;
  }
  return with.percent(50) ? value::list{} : value::list{small(with)};
}

}  // namespace heddle::test
