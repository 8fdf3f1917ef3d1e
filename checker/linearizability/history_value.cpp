#include <algorithm>
#include <string>

#include <heddle/history.hpp>
#include <nlohmann/json.hpp>

namespace heddle {

std::strong_ordering operator<=>(const history_value& x, const history_value& y) {
  if (x.held.index() != y.held.index()) return x.held.index() <=> y.held.index();
  if (x.as_flag() != nullptr) return *x.as_flag() <=> *y.as_flag();
  if (x.as_number() != nullptr) return *x.as_number() <=> *y.as_number();
  if (x.as_text() != nullptr) return *x.as_text() <=> *y.as_text();
  if (x.as_list() == nullptr) return std::strong_ordering::equal;
  return std::lexicographical_compare_three_way(x.as_list()->begin(), x.as_list()->end(), y.as_list()->begin(),
                                                y.as_list()->end());
}

std::string to_text(const history_value& value) {
  if (value.as_flag() != nullptr) return *value.as_flag() ? "true" : "false";
  if (value.as_number() != nullptr) return std::to_string(*value.as_number());
  if (value.as_text() != nullptr) {
    using nlohmann::json;
    return json(*value.as_text()).dump(-1, ' ', false, json::error_handler_t::replace);
  }
  if (value.as_list() == nullptr) return "null";
  std::string text;
  for (const history_value& each : *value.as_list()) text.append(text.empty() ? "" : ", ").append(to_text(each));
  return "[" + text + "]";
}

}  // namespace heddle
