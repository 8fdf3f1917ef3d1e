// Models whose state is a single value: registers, a counter, a lock.
#include <array>

#include "linearizability/models/shapes.hpp"

namespace heddle::checker {
namespace {

using value = history_value;
using result = std::optional<outcome>;

constexpr auto read = [](const value& state, const model_call&) -> result { return outcome{state, state}; };
constexpr auto write = [](const value&, const model_call& call) -> result { return outcome{call.argument, {}}; };
constexpr auto swap = [](const value& state, const model_call& call) -> result {
  return outcome{call.argument, state};
};
constexpr auto cas = [](const value& state, const model_call& call) -> result {
  const value::list& old_and_new = *call.argument.as_list();
  if (state != old_and_new[0]) return outcome{state, false};
  return outcome{old_and_new[1], true};
};

value sum(const value& state, std::int64_t more) { return *state.as_number() + more; }

constexpr auto add = [](const value& state, const model_call& call) -> result {
  return outcome{sum(state, *call.argument.as_number()), {}};
};
constexpr auto fetch_add = [](const value& state, const model_call& call) -> result {
  return outcome{sum(state, *call.argument.as_number()), state};
};
constexpr auto increment = [](const value& state, const model_call&) -> result { return outcome{sum(state, 1), {}}; };
constexpr auto decrement = [](const value& state, const model_call&) -> result { return outcome{sum(state, -1), {}}; };

// The state of a lock is the process that holds it.
constexpr auto lock = [](const value& state, const model_call& call) -> result {
  if (!state.is_nothing()) return std::nullopt;
  return outcome{call.process, {}};
};
constexpr auto try_lock = [](const value& state, const model_call& call) -> result {
  if (!state.is_nothing()) return outcome{state, false};
  return outcome{call.process, true};
};
constexpr auto unlock = [](const value& state, const model_call& call) -> result {
  if (state != value(call.process)) return std::nullopt;
  return outcome{{}, {}};
};

using namespace shapes;

constexpr model_operation read_value{"read", nothing, anything, silence::literal, read, nullptr, reading::always};
constexpr model_operation write_value{"write", anything, nothing, silence::unknown, write};

constexpr std::array register_table{read_value, write_value};
constexpr std::array cas_register_table{
    read_value,
    write_value,
    model_operation{"cas", old_and_new, flag, silence::yes, cas, nullptr, reading::if_refused},
    model_operation{"swap", anything, anything, silence::literal, swap},
};
constexpr std::array counter_table{
    model_operation{"read", nothing, number, silence::literal, read, nullptr, reading::always},
    model_operation{"add", amount, nothing, silence::unknown, add},
    model_operation{"increment", nothing, nothing, silence::unknown, increment},
    model_operation{"decrement", nothing, nothing, silence::unknown, decrement},
    model_operation{"fetch_add", amount, number, silence::literal, fetch_add},
};
constexpr std::array lock_table{
    model_operation{"lock", nothing, nothing, silence::unknown, lock, nullptr, reading::never, true},
    model_operation{"unlock", nothing, nothing, silence::unknown, unlock, nullptr, reading::never, true},
    model_operation{"try_lock", nothing, flag, silence::yes, try_lock, nullptr, reading::if_refused, true},
    model_operation{"acquire", nothing, nothing, silence::unknown, lock, nullptr, reading::never, true},
    model_operation{"release", nothing, nothing, silence::unknown, unlock, nullptr, reading::never, true},
};

}  // namespace

std::span<const model_operation> register_operations() { return register_table; }
std::span<const model_operation> cas_register_operations() { return cas_register_table; }
std::span<const model_operation> counter_operations() { return counter_table; }
std::span<const model_operation> lock_operations() { return lock_table; }

}  // namespace heddle::checker
