#include <heddle/check.hpp>

#include <string>

namespace heddle::sim {

void check_failed(std::string_view message, source_location where) {
  simulator::current().end(ending_kind::assertion, std::string(message), where);
}

void assumption_failed(source_location where) { simulator::current().end(ending_kind::discarded, {}, where); }

}  // namespace heddle::sim
