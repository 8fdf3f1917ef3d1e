// Execution graphs as bytes and back, for files and for other machines.
#pragma once

#include <cstdint>
#include <vector>

#include "exploration/event_graph.hpp"

namespace heddle::checker::exploration {

/** The graph as CBOR (RFC 8949): arrays of numbers, about 20 bytes an event. */
[[nodiscard]] std::vector<std::uint8_t> to_bytes(const event_graph& graph);

/**
 * Reads what to_bytes writes: the result is equal to what was written. Throws request_error if these bytes are no
 * graph, and makes none that could lead an exploration to a place that is not there.
 */
[[nodiscard]] event_graph graph_from(const std::vector<std::uint8_t>& bytes);

}  // namespace heddle::checker::exploration
