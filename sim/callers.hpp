// Return addresses, for the operations whose place in the source the compiler could not tell us.
#pragma once

#include <vector>

#include <heddle/sim/source_location.hpp>

namespace heddle::sim {

/**
 * Fills `into` with the return addresses of the calling thread, innermost first, if `where` is of no use to the
 * reader: unknown (an operator without operands), or inside a system header (std::lock_guard calls lock). Else clears
 * it.
 */
void capture_callers(const source_location& where, std::vector<void*>& into);

}  // namespace heddle::sim
