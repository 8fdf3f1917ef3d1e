#include "exploration/checkpoint.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

#include <nlohmann/json.hpp>

#include "exploration/graph_bytes.hpp"
#include "program_settings.hpp"
#include "read_text.hpp"
#include "whole_file.hpp"

namespace heddle::checker::exploration {
namespace {

using nlohmann::json;
using named_values = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view magic = "heddle checkpoint ";
constexpr std::uint32_t version = 1;

// FNV-1a, 64 bits: every change of a single byte changes it.
std::uint64_t checksum(std::string_view bytes) noexcept {
  std::uint64_t sum = 0xcbf2'9ce4'8422'2325U;
  for (const char byte : bytes) {
    sum ^= static_cast<unsigned char>(byte);
    sum *= 0x100'0000'01b3U;
  }
  return sum;
}

// ---- the two lines before the content

/** Takes the line from the front of `bytes`. */
std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) throw request_error("is cut short");
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end + 1);
  return line;
}

/** What stands behind the lines, if that is what they say. */
std::string_view content_of(std::string_view bytes) {
  if (bytes.substr(0, magic.size()) != magic.substr(0, bytes.size())) throw request_error("is not a checkpoint");
  const std::string_view first = take_line(bytes);
  const auto written_by = read_whole<std::uint32_t>(first.substr(magic.size()));
  if (!written_by) throw request_error("is damaged: its version is no number");
  if (*written_by != version) {
    throw request_error(
        fmt::format("is a checkpoint of version {}, and this Heddle reads version {}: go on with the one that wrote it",
                    *written_by, version));
  }
  const std::string_view second = take_line(bytes);
  const auto length = read_whole<std::uint64_t>(second.substr(0, second.find(' ')));
  if (!length) throw request_error("is damaged: it does not say how long it is");
  if (bytes.size() < *length) throw request_error("is cut short");
  if (bytes.size() > *length) throw request_error("is damaged: it is longer than it was written");
  if (second != fmt::format("{} {:016x}", *length, checksum(bytes))) {
    throw request_error("is damaged: its checksum does not fit");
  }
  return bytes;
}

// ---- the content

json content_of(const checkpoint& what) {
  json pending = json::array();
  for (const event_graph& each : what.pending) pending.push_back(json::binary(to_bytes(each)));
  return {
      {"program", what.program},
      {"settings", what.settings},
      {"so_far", to_json(what.so_far)},
      {"pending", std::move(pending)},
  };
}

const json& part_of(const json& content, const char* name, bool (json::*has_its_type)() const noexcept) {
  const auto found = content.find(name);
  if (found == content.end()) throw request_error(fmt::format("is damaged: it has no \"{}\"", name));
  if (!((*found).*has_its_type)())
    throw request_error(fmt::format("is damaged: \"{}\" is not what it should be", name));
  return *found;
}

named_values settings_in(const json& content) {
  named_values settings;
  for (const json& each : part_of(content, "settings", &json::is_array)) {
    if (!each.is_array() || each.size() != 2 || !each[0].is_string() || !each[1].is_string()) {
      throw request_error("is damaged: \"settings\" is not what it should be");
    }
    settings.emplace_back(each[0].get<std::string>(), each[1].get<std::string>());
  }
  return settings;
}

std::vector<event_graph> pending_in(const json& content) {
  const json& pending = part_of(content, "pending", &json::is_array);
  std::vector<event_graph> graphs;
  graphs.reserve(pending.size());
  for (const json& each : pending) {
    if (!each.is_binary()) throw request_error("is damaged: \"pending\" is not what it should be");
    try {
      graphs.push_back(graph_from(each.get_binary()));
    } catch (const request_error& error) {
      throw request_error(fmt::format("is damaged: in graph {}, {}", graphs.size() + 1, error.what()));
    }
  }
  return graphs;
}

std::string show(const named_values& settings) {
  std::string text;
  for (const auto& [name, value] : settings) text += (text.empty() ? "" : ",") + name + "=" + value;
  return text.empty() ? "none" : text;
}

std::string show(const std::optional<shard>& part) {
  return part ? fmt::format("part {}/{}", part->index, part->count) : "the whole search";
}

}  // namespace

std::string to_bytes(const checkpoint& what) {
  std::string content;
  json::to_cbor(content_of(what), content);
  return fmt::format("{}{}\n{} {:016x}\n", magic, version, content.size(), checksum(content)) + content;
}

checkpoint checkpoint_from(std::string_view bytes) {
  const json content = json::from_cbor(content_of(bytes), true, false);
  if (!content.is_object()) throw request_error("is damaged: its content is not what it should be");
  checkpoint made;
  made.program = part_of(content, "program", &json::is_string).get<std::string>();
  made.settings = settings_in(content);
  try {
    made.so_far = from_json(part_of(content, "so_far", &json::is_string).get_ref<const std::string&>());
  } catch (const request_error& error) {
    throw request_error(fmt::format("is damaged: what it found so far {}", error.what()));
  }
  made.pending = pending_in(content);
  return made;
}

void save(const checkpoint& what, const std::string& file) { replace_file(file, to_bytes(what)); }

checkpoint load(const std::string& file) {
  errno = 0;
  std::ifstream from(file, std::ios::binary);
  if (!from) throw request_error(fmt::format("cannot read a checkpoint from {}: {}", file, std::strerror(errno)));
  std::ostringstream bytes;
  bytes << from.rdbuf();  // nothing, for a directory
  try {
    return checkpoint_from(bytes.view());
  } catch (const request_error& error) {
    throw request_error(fmt::format("{} {}", file, error.what()));
  }
}

void require_same(const checkpoint& from, const options& with) {
  const std::string name = with.resume.empty() ? "the checkpoint" : with.resume;
  const auto require = [&](const char* what, const std::string& then, const std::string& now) {
    if (then == now) return;
    throw request_error(
        fmt::format("{} does not belong to this exploration: its {} is {}, not {}", name, what, then, now));
  };
  require("program", from.program, with.name);
  require("list of parameters and settings", show(from.settings), show(schedule_of(with, {}).settings));
  require("part", show(from.so_far.shard), show(with.shard));
}

}  // namespace heddle::checker::exploration
