// What the programs of the family counts/ have in common. How many traces each has is in tests/trace_counts.csv, so
// they perform the operations that their summaries name, and no others.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <heddle/heddle.hpp>

#include "../common.hpp"
#include "../programs.hpp"

namespace heddle::scenarios::counts {

using enum std::memory_order;

/** A parameter that says how many there are of something. */
inline parameter number(std::string name, std::string summary, std::int64_t standard, std::int64_t least,
                        std::int64_t most = 20) {
  return {.name = std::move(name), .summary = std::move(summary), .standard = standard, .least = least, .most = most};
}

/** A correct program of the family: the tag is the family's name. */
inline scenario program(const std::string& name, std::string summary, std::vector<parameter> parameters,
                        std::function<void(const arguments&)> body) {
  return {.name = "counts/" + name,
          .summary = std::move(summary),
          .tags = {"counts", "correct"},
          .parameters = std::move(parameters),
          .expected = passes,
          .body = std::move(body)};
}

/** The threads of a program. They have no names, which would cost every execution some time. */
using crew = std::vector<heddle::thread>;

/** Starts `count` threads, each of which is told its number, from 0. `body` has to be there until they are joined. */
template <class Body>
[[nodiscard]] crew start(std::int64_t count, const Body& body, source_location where = source_location::current()) {
  crew all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) all.push_back(heddle::thread([&body, i] { body(i); }, where));
  return all;
}

inline void join(crew& all, source_location where = source_location::current()) {
  for (heddle::thread& each : all) each.join(where);
}

/** Starts the threads and joins them. */
template <class Body>
void run(std::int64_t count, const Body& body, source_location where = source_location::current()) {
  crew all = start(count, body, where);
  join(all, where);
}

/** Starts a thread for each of these, and joins them. */
template <class... Bodies>
void run_each(const Bodies&... bodies) {
  crew all;
  all.reserve(sizeof...(bodies));
  (all.push_back(heddle::thread([&bodies] { bodies(); })), ...);
  join(all);
}

}  // namespace heddle::scenarios::counts
