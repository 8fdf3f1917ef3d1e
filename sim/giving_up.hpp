// What unwinds the threads of an execution that is given up.
#pragma once

#include <heddle/sim/operation.hpp>

namespace heddle::sim {

/** Thrown out of operations to unwind a thread. Not a std::exception, so that few handlers catch it by accident. */
struct given_up {};

/**
 * Whether an operation of this kind throws in an execution that is given up. Those that destructors perform
 * (unlock, notify, ...) have no result that their caller could miss: they just return.
 */
[[nodiscard]] constexpr bool throws_when_given_up(operation_kind kind) noexcept {
  switch (kind) {
    case operation_kind::unlock:
    case operation_kind::unlock_shared:
    case operation_kind::close:
    case operation_kind::notify_one:
    case operation_kind::notify_all:
    case operation_kind::release:
    case operation_kind::count_down:
    case operation_kind::arrive_and_drop:
    case operation_kind::leave_once:
    case operation_kind::set:
    case operation_kind::store:
    case operation_kind::write:
    case operation_kind::print: return false;
    default: return true;
  }
}

}  // namespace heddle::sim
