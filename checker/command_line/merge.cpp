// `heddle merge`: reads the files; the adding up is in the library.
#include "merge.hpp"

#include <fmt/format.h>

#include <utility>

#include <heddle/explore.hpp>

#include "command_line/command.hpp"
#include "command_line/input.hpp"
#include "command_line/reporter.hpp"

namespace heddle::checker {
namespace {

named_result read_part(const std::string& file) {
  const std::string text = read_file(file, "a result");
  try {
    return {file, from_json(text)};
  } catch (const request_error& error) {
    throw request_error(fmt::format("{} {}", file, error.what()));
  }
}

}  // namespace

int merge_results(const invocation& call) {
  reporter reports(call.asked);
  std::vector<named_result> parts;
  for (const std::string& file : call.asked.files) parts.push_back(read_part(file));
  const result whole = merge_shards(std::move(parts));
  reports.write(whole);
  return whole.exit_code();
}

}  // namespace heddle::checker
