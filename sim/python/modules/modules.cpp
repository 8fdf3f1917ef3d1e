#include "python/modules/modules.hpp"

#include <algorithm>
#include <array>

#include "python/natives.hpp"

namespace heddle::python {
namespace {

struct module_entry {
  std::string_view name;
  const module_object& (*make)();
};

constexpr std::array all_modules{module_entry{"_thread", low_level_thread_module},
                                 module_entry{"multiprocessing", multiprocessing_module},
                                 module_entry{"queue", queue_module},
                                 module_entry{"sys", sys_module},
                                 module_entry{"threading", threading_module},
                                 module_entry{"time", time_module}};

}  // namespace

const module_object* module_named(std::string_view called) {
  const auto found = std::find_if(all_modules.begin(), all_modules.end(),
                                  [&](const module_entry& each) { return each.name == called; });
  return found == all_modules.end() ? nullptr : &found->make();
}

}  // namespace heddle::python
