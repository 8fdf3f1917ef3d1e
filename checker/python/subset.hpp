// The part of Python that Heddle runs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scopes.hpp"
#include "syntax_tree.hpp"

namespace heddle::checker::python {

/** Something that Heddle does not run, and what to write instead. */
struct refusal {
  std::uint32_t line = 0;
  std::string text;
};

/** All that is outside the subset, in the order of the lines. */
[[nodiscard]] std::vector<refusal> outside_subset(const syntax_node& module, const std::vector<scope>& scopes);

}  // namespace heddle::checker::python
