// Running a program of the bytecode machine within an execution.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <heddle/python/code.hpp>
#include <heddle/python/interpreter_lock.hpp>

namespace heddle::python {

/** What an interpreter can be told. */
struct settings {
  std::shared_ptr<const lock_policy> policy = std::make_shared<check_interval>();
  std::uint64_t bytecode_cost = 50;           ///< nanoseconds of virtual time that a bytecode takes
  std::int64_t start_time = 1'612'103'782;    ///< seconds since 1970 (UTC) at which the program starts: the tutorial's
  std::uint64_t bytecode_limit = 50'000'000;  ///< a thread that comes to as many: a suspected livelock
  std::size_t heap_limit = std::size_t{512} << 20U;  ///< bytes; MemoryError
  std::uint32_t recursion_limit = 1'000;             ///< calls within calls; RecursionError
};

struct loaded_program;

/** A program made ready to run. Immutable: any number of executions may use it, in several OS threads. */
using executable = std::shared_ptr<const loaded_program>;

/** Throws std::invalid_argument where the program is not well-formed: an argument out of range, a stack's height. */
[[nodiscard]] executable load(program what);

/**
 * Runs it as the main thread of a process of its own, to the end, in the running execution; then its threads that are
 * no daemons are joined. An exception that leaves a thread is printed as Python prints it; after the process has ended
 * it fails the execution, as an assertion if it is an AssertionError.
 */
void run(const executable& what, const settings& with = {});

}  // namespace heddle::python
