// JSON lines, one at a time: only the operations are kept.
#include <fmt/format.h>

#include <istream>
#include <map>
#include <string>

#include <heddle/explore.hpp>
#include <heddle/history.hpp>
#include <nlohmann/json.hpp>

namespace heddle {
namespace {

using nlohmann::json;

constexpr int deepest = 16;  // of lists in lists
constexpr std::size_t longest_excerpt = 40;

// Not of what may be deep: dump is recursive.
std::string excerpt(const json& from) {
  if (from.is_object()) return "an object";
  if (from.is_array()) return "a list";
  std::string text = from.dump(-1, ' ', true, json::error_handler_t::replace);
  if (text.size() > longest_excerpt) text = text.substr(0, longest_excerpt) + "...";
  return text;
}

history_value value_from(const json& from, int depth = 0) {
  if (from.is_null()) return {};
  if (from.is_boolean()) return from.get<bool>();
  if (from.is_string()) return from.get<std::string>();
  const bool fits = !from.is_number_unsigned() || from.get<std::uint64_t>() <= std::uint64_t{INT64_MAX};
  if (from.is_number_integer() && fits) return from.get<std::int64_t>();
  if (from.is_array() && depth == deepest) {
    throw request_error(fmt::format("cannot read the value: there are lists in more than {} others", deepest));
  }
  if (!from.is_array()) {
    throw request_error(fmt::format(
        "cannot read the value {}: give null, true, false, a whole number of 64 bits, a text, or a list of these",
        excerpt(from)));
  }
  history_value::list items;
  for (const json& each : from) items.push_back(value_from(each, depth + 1));
  return items;
}

/** What is known of a process. */
struct process_state {
  std::optional<std::size_t> calls;  // index of the operation that has not returned
  std::uint64_t lost = 0;            // the line of its "info", if there was one
};

class reader {
 public:
  explicit reader(std::string_view file) { result_.file = file; }

  void read(std::istream& from) {
    std::string line;
    while (std::getline(from, line)) {
      ++line_;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      try {
        add(line);
      } catch (const request_error& error) {
        throw request_error(fmt::format("{}:{}: {}", result_.file, line_, error.what()));
      }
    }
    if (from.bad()) throw request_error(fmt::format("cannot read the history from {}", result_.file));
  }

  recorded_history take() {
    std::erase_if(result_.operations, [](const recorded_operation& each) { return each.name.empty(); });
    return std::move(result_);
  }

 private:
  void add(const std::string& line) {
    const json parsed = json::parse(line, nullptr, false);
    if (!parsed.is_object()) throw request_error("this is not a JSON object: give one on each line");
    const json& type = require(parsed, "type");
    const std::string process = process_of(require(parsed, "process"));
    if (type == "invoke") {
      call(process, parsed);
    } else if (type == "ok" || type == "fail" || type == "info") {
      end(process, parsed, type.get<std::string>());
    } else {
      throw request_error(fmt::format("unknown type {}: give invoke, ok, fail or info", excerpt(type)));
    }
  }

  static const json& require(const json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end()) throw request_error(fmt::format("the key \"{}\" is missing", key));
    return *found;
  }

  static std::string process_of(const json& from) {
    if (from.is_number_integer()) return from.dump();
    if (from.is_string() && !from.get_ref<const std::string&>().empty()) return from.get<std::string>();
    throw request_error(fmt::format("the process is {}: give a whole number or a text", excerpt(from)));
  }

  static std::string name_of(const json& line) {
    const json& from = line.contains("f") && !line.contains("operation") ? line["f"] : require(line, "operation");
    if (from.is_string() && !from.get_ref<const std::string&>().empty()) return from.get<std::string>();
    throw request_error(fmt::format("the operation is {}: give its name as a text", excerpt(from)));
  }

  static history_value value_of(const json& line) {
    const auto found = line.find("value");
    return found == line.end() ? history_value() : value_from(*found);
  }

  void call(const std::string& process, const json& line) {
    process_state& state = processes_[process];
    if (state.lost != 0) {
      throw request_error(
          fmt::format("process {} goes on after its info in line {}, but that operation may still be under way: give "
                      "the process a new number then",
                      process, state.lost));
    }
    if (state.calls) {
      const recorded_operation& open = result_.operations[*state.calls];
      throw request_error(fmt::format("process {} makes a call, but its {} of line {} has not returned", process,
                                      open.name, open.called));
    }
    recorded_operation added{process, name_of(line), value_of(line), {}, line_};
    state.calls = result_.operations.size();
    result_.operations.push_back(std::move(added));
  }

  void end(const std::string& process, const json& line, const std::string& type) {
    process_state& state = processes_[process];
    if (!state.calls) {
      if (type == "info") return;  // a remark
      throw request_error(fmt::format("{} of process {}, which has not called anything", type, process));
    }
    recorded_operation& open = result_.operations[*state.calls];
    const std::string name = name_of(line);
    if (name != open.name) {
      throw request_error(fmt::format("{} of {}, but what process {} called, in line {}, is {}", type, name, process,
                                      open.called, open.name));
    }
    if (type == "ok") {
      open.result = value_of(line);
      open.returned = line_;
    } else if (type == "fail") {
      open.name.clear();  // left out in the end: the indices of the others must not change now
    } else {
      state.lost = line_;
    }
    state.calls.reset();
  }

  recorded_history result_;
  std::map<std::string, process_state> processes_;
  std::uint64_t line_ = 0;
};

}  // namespace

recorded_history read_history(std::istream& from, std::string_view file) {
  reader lines(file);
  lines.read(from);
  return lines.take();
}

}  // namespace heddle
