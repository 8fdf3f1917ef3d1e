// The table of models.
#include <array>

#include <fmt/format.h>

#include "linearizability/models/model.hpp"

namespace heddle {
namespace checker {
namespace {

history_value nothing() { return {}; }
history_value zero() { return 0; }
history_value empty_list() { return history_value::list{}; }

}  // namespace

std::span<const model> model_table() {
  static const std::array table{
      model{"register", "a value to read and write; null at first", nothing, register_operations()},
      model{"cas-register", "a register with compare-and-set", nothing, cas_register_operations()},
      model{"counter", "a number; 0 at first", zero, counter_operations()},
      model{"queue", "first in, first out", empty_list, queue_operations()},
      model{"stack", "last in, first out", empty_list, stack_operations()},
      model{"priority-queue", "the least comes out first", empty_list, priority_queue_operations()},
      model{"set", "values, each at most once", empty_list, set_operations()},
      model{"map", "values by key", empty_list, map_operations()},
      model{"lock", "held by one process at a time, which has to be the one that unlocks it", nothing,
            lock_operations()},
      model{"bank", "accounts that never have less than 0, which is what they have at first", empty_list,
            bank_operations()},
  };
  return table;
}

}  // namespace checker

std::vector<history_model> history_models() {
  using namespace checker;
  std::vector<history_model> all;
  for (const model& each : model_table()) {
    history_model& added = all.emplace_back(history_model{each.name, each.summary, {}});
    for (const model_operation& operation : each.operations) {
      std::string text(operation.name);
      if (operation.takes.text != "nothing") text += fmt::format(" {}", operation.takes.text);
      if (operation.gives.text != "nothing") text += fmt::format(" -> {}", operation.gives.text);
      added.operations.push_back(std::move(text));
    }
  }
  return all;
}

}  // namespace heddle
