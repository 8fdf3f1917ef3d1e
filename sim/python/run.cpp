#include <heddle/python/run.hpp>

#include "python/calls.hpp"
#include "python/modules/thread_object.hpp"
#include "python/natives.hpp"

namespace heddle::python {

void run(const executable& what, const settings& with) {
  const auto process = std::make_shared<interpreter>(what, with);
  thread_state main(*process, nullptr);
  main.last_place = {what->source.file.c_str(), what->module_code().source->first_line};
  run_main_thread(main, [&] {
    const name its_name = intern("__name__");
    for (std::size_t slot = 0; slot < what->globals.size(); ++slot) {
      if (what->globals[slot] == its_name) process->globals[slot] = make_string(main, "__main__");
    }
    const auto& module = *process->make<function_object>(main, what->module_code(), "<module>");
    push_frame(main, module, {}, main.memory.begin()).returns_to_native = true;
    run_frames(main);
  });
  if (!process->failed) return;
  const interpreter::failure& first = *process->failed;
  sim::simulator::current().end(first.is_assertion ? sim::ending_kind::assertion : sim::ending_kind::uncaught_exception,
                                first.text, first.where);
}

}  // namespace heddle::python
