// The interpreter's lock (the GIL), on programs of bytecode.
#include <string>

#include <heddle/python/code_builder.hpp>
#include <heddle/python_program.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

using python::code_builder;
using python::constant;
using python::opcode;

constexpr std::uint32_t only_code = 1;  // of a program: the first is the module's

/** A program of several threads that run the same function: started one after another, and then joined. */
class threads_program {
 public:
  threads_program(std::string file, std::int64_t threads)
      : module_("<module>", 1, python::code_kind::module), file_(std::move(file)), threads_(threads) {
    module_.emit(opcode::LOAD_CONST, module_.constant({constant::none{}}));
    module_.emit(opcode::IMPORT_NAME, module_.name("threading")).emit(opcode::STORE_NAME, module_.name("threading"));
    module_.emit(opcode::POP_TOP);
  }

  code_builder& module() { return module_; }

  python::program run(const std::string& function, python::code_object body) {
    module_.emit(opcode::LOAD_CONST, module_.constant({constant::code{only_code}}))
        .emit(opcode::LOAD_CONST, module_.constant({function}))
        .emit(opcode::MAKE_FUNCTION)
        .emit(opcode::STORE_NAME, module_.name(function));
    for (std::int64_t i = 0; i < threads_; ++i) start(variable(i), function);
    for (std::int64_t i = 0; i < threads_; ++i) {
      module_.emit(opcode::LOAD_NAME, module_.name(variable(i)))
          .emit(opcode::LOAD_METHOD, module_.name("join"))
          .emit(opcode::CALL_METHOD, 0)
          .emit(opcode::POP_TOP);
    }
    return {std::move(file_), {}, {finished(), std::move(body)}};
  }

  /** What the main thread does in the end: print(name), assert name == to. */
  void asserts_in_the_end(std::string name, std::int64_t to) {
    asserted_ = std::move(name);
    expected_ = to;
  }

 private:
  static std::string variable(std::int64_t thread) { return "thread_" + letter(thread); }

  void start(const std::string& variable, const std::string& function) {
    module_.emit(opcode::LOAD_NAME, module_.name("threading"))
        .emit(opcode::LOAD_ATTR, module_.name("Thread"))
        .emit(opcode::LOAD_NAME, module_.name(function))
        .emit(opcode::LOAD_CONST, module_.constant({constant::tuple{{std::string("target")}}}))
        .emit(opcode::CALL_FUNCTION_KW, 1)
        .emit(opcode::STORE_NAME, module_.name(variable))
        .emit(opcode::LOAD_NAME, module_.name(variable))
        .emit(opcode::LOAD_METHOD, module_.name("start"))
        .emit(opcode::CALL_METHOD, 0)
        .emit(opcode::POP_TOP);
  }

  python::code_object finished() {
    if (!asserted_.empty()) {
      const python::label holds = module_.new_label();
      module_.emit(opcode::LOAD_NAME, module_.name("print"))
          .emit(opcode::LOAD_NAME, module_.name(asserted_))
          .emit(opcode::CALL_FUNCTION, 1)
          .emit(opcode::POP_TOP)
          .emit(opcode::LOAD_NAME, module_.name(asserted_))
          .emit(opcode::LOAD_CONST, module_.constant({expected_}))
          .emit(opcode::COMPARE_OP, static_cast<std::uint32_t>(python::comparison::equal))
          .emit(opcode::POP_JUMP_IF_TRUE, holds)
          .emit(opcode::LOAD_ASSERTION_ERROR)
          .emit(opcode::RAISE_VARARGS, 1)
          .place(holds);
    }
    module_.emit(opcode::LOAD_CONST, module_.constant({constant::none{}})).emit(opcode::RETURN_VALUE);
    return module_.finish();
  }

  code_builder module_;
  std::string file_;
  std::int64_t threads_;
  std::string asserted_;
  std::int64_t expected_ = 0;
};

/** `for _ in range(rounds): body`, with `nops` before it, as the code of a function. */
template <class Body>
python::code_object loop(const std::string& name, std::int64_t rounds, std::int64_t nops, Body body) {
  code_builder code(name);
  const python::label next = code.new_label();
  const python::label end = code.new_label();
  for (std::int64_t i = 0; i < nops; ++i) code.emit(opcode::NOP);
  code.emit(opcode::LOAD_GLOBAL, code.name("range"))
      .emit(opcode::LOAD_CONST, code.constant({rounds}))
      .emit(opcode::CALL_FUNCTION, 1)
      .emit(opcode::GET_ITER)
      .place(next)
      .emit(opcode::FOR_ITER, end)
      .emit(opcode::STORE_FAST, code.local("_"));
  body(code);
  code.emit(opcode::JUMP_ABSOLUTE, next)
      .place(end)
      .emit(opcode::LOAD_CONST, code.constant({constant::none{}}))
      .emit(opcode::RETURN_VALUE);
  return code.finish();
}

python::program handoff_program(const arguments& args) {
  return threads_program("gil-handoff", args["threads"]).run("count", loop("count", args["rounds"], 0, [](auto&) {}));
}

// n += 1: what is loaded by one instruction is stored by another.
void increment(code_builder& code, bool by_call) {
  code.emit(opcode::LOAD_GLOBAL, code.name("n"));
  if (by_call) {
    code.emit(opcode::LOAD_GLOBAL, code.name("int")).emit(opcode::LOAD_CONST, code.constant({std::int64_t{1}}));
    code.emit(opcode::CALL_FUNCTION, 1);
  } else {
    code.emit(opcode::LOAD_CONST, code.constant({std::int64_t{1}}));
  }
  code.emit(opcode::INPLACE_ADD).emit(opcode::STORE_GLOBAL, code.name("n"));
}

python::program lost_update_program(const arguments& args) {
  threads_program made("gil-lost-update", 2);
  made.module()
      .emit(opcode::LOAD_CONST, made.module().constant({std::int64_t{0}}))
      .emit(opcode::STORE_NAME, made.module().name("n"));
  made.asserts_in_the_end("n", 2 * args["rounds"]);
  return made.run("add", loop("add", args["rounds"], args["nops"],
                              [&](code_builder& code) { increment(code, args.flag("call")); }));
}

// Whether a hand-over can come between the load and the store. Under a check interval all turns are equally long, so it
// is known where they end.
expectation lost_update_expected(const arguments& args) {
  const std::string policy(python_settings(args).policy->name());
  const std::int64_t before_loop = args["nops"] + 4;
  const std::int64_t round = args.flag("call") ? 9 : 7;
  const std::int64_t first_split = 3;  // FOR_ITER, STORE_FAST and LOAD_GLOBAL have been executed
  const std::int64_t last_split = round - 2;
  bool splits = policy == "free-threaded";
  if (policy == "check-interval") {
    const std::int64_t interval = args["interval"];
    for (std::int64_t at = interval; at < before_loop + round * args["rounds"] && !splits; at += interval) {
      const std::int64_t in_round = (at - before_loop) % round;
      splits = at >= before_loop && in_round >= first_split && in_round <= last_split;
    }
  } else if (policy == "switch-interval") {
    const std::int64_t bytecodes = before_loop + round * args["rounds"];
    const std::uint64_t turn = python_settings(args).policy->bytecodes_of_a_turn(python_settings(args).bytecode_cost);
    splits = args.flag("call") && turn < static_cast<std::uint64_t>(bytecodes - round);
  }
  return splits ? expectation{verdict::fail, failure_kind::lost_update} : expectation{verdict::pass, {}};
}

std::vector<parameter> with_python_parameters(std::vector<parameter> own) {
  for (parameter& each : python_parameters()) own.push_back(std::move(each));
  return own;
}

constexpr std::int64_t most_threads = 20;
constexpr std::int64_t most_rounds = 10'000;

}  // namespace

scenario gil_handoff() {
  return {.name = "gil-handoff",
          .summary = "Threads that only count hand over the interpreter's lock after every 100 bytecodes.",
          .tags = {"python", "tutorial", "correct"},
          .parameters = with_python_parameters({{"threads", "how many there are", 2, 1, most_threads},
                                                {"rounds", "how far they count", 100, 0, most_rounds}}),
          .expected = passes,
          .body = runs_python(handoff_program)};
}

scenario gil_lost_update() {
  return {.name = "gil-lost-update",
          .summary = "Two threads do n += 1: a hand-over between its bytecodes loses an update.",
          .tags = {"python", "lost-update", "bug"},
          .parameters = with_python_parameters({{"rounds", "how often they do it", 15, 1, most_rounds},
                                                {"nops", "bytecodes that do nothing before the loop", 0, 0, 100},
                                                {"call", "whether it is n += int(1)", 0, 0, 1, true}}),
          .expected = lost_update_expected,
          .body = runs_python(lost_update_program),
          .lost_updates = true};
}

}  // namespace heddle::scenarios
