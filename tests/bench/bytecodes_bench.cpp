// How many bytecodes a second the interpreter executes on one thread. Issue 6 asks for at least 50 million.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include <heddle/explore.hpp>
#include <heddle/python/code_builder.hpp>
#include <heddle/python/run.hpp>

namespace {

using heddle::python::code_builder;
using heddle::python::constant;
using heddle::python::opcode;

constexpr std::int64_t rounds = 1'000'000;

/** `for i in range(rounds): body`, in a module or a function, and how many bytecodes a round has. */
struct measured_loop {
  heddle::python::executable program;
  std::int64_t bytecodes_of_a_round;
};

void begin_loop(code_builder& code, heddle::python::label next, heddle::python::label end) {
  code.emit(opcode::LOAD_GLOBAL, code.name("range"))
      .emit(opcode::LOAD_CONST, code.constant({rounds}))
      .emit(opcode::CALL_FUNCTION, 1)
      .emit(opcode::GET_ITER)
      .place(next)
      .emit(opcode::FOR_ITER, end)
      .emit(opcode::STORE_FAST, code.local("i"));
}

template <class Body>
measured_loop loop(std::vector<heddle::python::code_object> functions, Body body) {
  code_builder code("work");
  const auto next = code.new_label();
  const auto end = code.new_label();
  begin_loop(code, next, end);
  const std::size_t before = code.size();
  const std::int64_t called = body(code);
  constexpr std::int64_t of_the_loop = 3;  // FOR_ITER, STORE_FAST, JUMP_ABSOLUTE
  const std::int64_t bytecodes = static_cast<std::int64_t>(code.size() - before) + called + of_the_loop;
  code.emit(opcode::JUMP_ABSOLUTE, next)
      .place(end)
      .emit(opcode::LOAD_CONST, code.constant({constant::none{}}))
      .emit(opcode::RETURN_VALUE);
  code_builder module("<module>", 1, heddle::python::code_kind::module);
  module.emit(opcode::LOAD_CONST, module.constant({std::int64_t{0}})).emit(opcode::STORE_NAME, module.name("n"));
  for (std::size_t i = 0; i <= functions.size(); ++i) {
    const std::string name = i == functions.size() ? "work" : functions[i].name;
    module.emit(opcode::LOAD_CONST, module.constant({constant::code{static_cast<std::uint32_t>(i) + 1}}))
        .emit(opcode::LOAD_CONST, module.constant({name}))
        .emit(opcode::MAKE_FUNCTION)
        .emit(opcode::STORE_NAME, module.name(name));
  }
  module.emit(opcode::LOAD_NAME, module.name("work"))
      .emit(opcode::CALL_FUNCTION, 0)
      .emit(opcode::POP_TOP)
      .emit(opcode::LOAD_CONST, module.constant({constant::none{}}))
      .emit(opcode::RETURN_VALUE);
  heddle::python::program made{"bench", {}, {module.finish()}};
  for (auto& each : functions) made.codes.push_back(std::move(each));
  made.codes.push_back(code.finish());
  return {heddle::python::load(std::move(made)), bytecodes};
}

/** Nothing but the loop. */
measured_loop empty_loop() {
  return loop({}, [](code_builder&) { return 0; });
}

/** n += 1 on a global variable. */
measured_loop global_loop() {
  return loop({}, [](code_builder& code) {
    code.emit(opcode::LOAD_GLOBAL, code.name("n"))
        .emit(opcode::LOAD_CONST, code.constant({std::int64_t{1}}))
        .emit(opcode::INPLACE_ADD)
        .emit(opcode::STORE_GLOBAL, code.name("n"));
    return 0;
  });
}

/** A call of a function of one argument, which adds one to it. */
measured_loop call_loop() {
  code_builder callee("successor");
  callee.object().positional = 1;
  callee.emit(opcode::LOAD_FAST, callee.local("x"))
      .emit(opcode::LOAD_CONST, callee.constant({std::int64_t{1}}))
      .emit(opcode::BINARY_ADD)
      .emit(opcode::RETURN_VALUE);
  constexpr std::int64_t of_the_callee = 4;
  return loop({callee.finish()}, [](code_builder& code) {
    code.emit(opcode::LOAD_GLOBAL, code.name("successor"))
        .emit(opcode::LOAD_FAST, code.local("i"))
        .emit(opcode::CALL_FUNCTION, 1)
        .emit(opcode::POP_TOP);
    return of_the_callee;
  });
}

void measure(benchmark::State& state, measured_loop (*make)()) {
  const measured_loop what = make();
  heddle::options with;
  with.hang_limit = {};
  with.event_limit = UINT64_MAX;
  std::int64_t executed = 0;
  for (auto _ : state) {
    const heddle::result ran = heddle::run_once([&] { heddle::python::run(what.program); }, with);
    if (ran.verdict != heddle::verdict::pass) state.SkipWithError("the program failed");
    executed += rounds * what.bytecodes_of_a_round;
  }
  state.counters["bytecodes"] =
      benchmark::Counter(static_cast<double>(executed), benchmark::Counter::kIsRate, benchmark::Counter::kIs1000);
}

BENCHMARK_CAPTURE(measure, loop, empty_loop)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, global_variable, global_loop)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, calls, call_loop)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
