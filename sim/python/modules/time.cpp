// The module time, over virtual time that begins at settings::start_time. The time zone is UTC.
#include <array>
#include <cmath>

#include "python/modules/calendar.hpp"
#include "python/modules/modules.hpp"
#include "python/modules/waiting.hpp"

namespace heddle::python {
namespace {

constexpr std::int64_t second = 1'000'000'000;    // nanoseconds
constexpr std::int64_t latest = 253'402'300'799;  // seconds: the end of the year 9999

class time_tuple final : public instance_object {
 public:
  explicit time_tuple(const class_object& of) : instance_object(of) {}
  broken_down_time when;
  [[nodiscard]] std::vector<value> fields() const {
    return {value(when.year),   value(when.month),   value(when.day),         value(when.hour),      value(when.minute),
            value(when.second), value(when.weekday), value(when.day_of_year), value(std::int64_t{0})};
  }
  heap_object* copy(interpreter& to) const override {
    auto* const made = new time_tuple(*class_);
    to.own(*made);
    made->when = when;
    return made;
  }
};

constexpr std::array<std::string_view, 9> field_names{"tm_year", "tm_mon",  "tm_mday", "tm_hour", "tm_min",
                                                      "tm_sec",  "tm_wday", "tm_yday", "tm_isdst"};

template <std::size_t Which>
value field(thread_state& by, const arguments& given) {
  const parameters with(by, "field(self)", given);
  return self_as<time_tuple>(by, with[0]).fields()[Which];
}

value as_tuple_value(thread_state& by, value of) { return make_tuple(by, self_as<time_tuple>(by, of).fields()); }

value item(thread_state& by, const arguments& given) {
  const parameters with(by, "__getitem__(self, index)", given);
  return subscript(by, as_tuple_value(by, with[0]), with[1]);
}

value iterator(thread_state& by, const arguments& given) {
  const parameters with(by, "__iter__(self)", given);
  return iterate(by, as_tuple_value(by, with[0]));
}

value count(thread_state& by, const arguments& given) {
  const parameters with(by, "__len__(self)", given);
  return value(static_cast<std::int64_t>(field_names.size()));
}

value equals(thread_state& by, const arguments& given) {
  const parameters with(by, "__eq__(self, other)", given);
  const auto* const other = with[1].is_object() ? dynamic_cast<time_tuple*>(with[1].object) : nullptr;
  const value right = other != nullptr ? as_tuple_value(by, with[1]) : with[1];
  return value(equal(by, as_tuple_value(by, with[0]), right));
}

value to_repr(thread_state& by, const arguments& given) {
  const parameters with(by, "__repr__(self)", given);
  const std::vector<value> fields = self_as<time_tuple>(by, with[0]).fields();
  std::string text = "time.struct_time(";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::string(field_names[i]) + "=" + std::to_string(fields[i].number);
  }
  return make_string(by, text + ")");
}

constexpr native_entry methods[] = {
    {"__getitem__", item}, {"__iter__", iterator}, {"__len__", count}, {"__eq__", equals}, {"__repr__", to_repr}};

const class_object& struct_time_class() {
  static const class_object& made = []() -> const class_object& {
    class_object& its = make_module_class("time", "struct_time", methods, nullptr);
    its.may_be_derived = false;
    [&]<std::size_t... Which>(std::index_sequence<Which...>) {
      (add_property(its, field_names[Which], field<Which>), ...);
    }
    (std::make_index_sequence<field_names.size()>());
    return its;
  }();
  return made;
}

value new_struct_time(thread_state& by, std::int64_t seconds) {
  auto* const made = by.process.make<time_tuple>(by, struct_time_class());
  made->when = break_down(seconds);
  return value(made);
}

// ---- what the clock tells

std::int64_t nanoseconds_since_1970(const thread_state& by) {
  return by.process.set_to.start_time * second + static_cast<std::int64_t>(by.now());
}

double as_seconds(std::int64_t nanoseconds) {
  return static_cast<double>(nanoseconds / second) +
         static_cast<double>(nanoseconds % second) / static_cast<double>(second);
}

std::int64_t seconds_argument(thread_state& by, value of) {
  if (!of.defined() || of.is_none()) return nanoseconds_since_1970(by) / second;
  const double seconds = of.is_real() ? std::floor(of.real) : static_cast<double>(integer_of(by, of));
  if (!(std::abs(seconds) <= static_cast<double>(latest))) {
    raise(by, exceptions::OverflowError(), "timestamp out of range for platform time_t");
  }
  return static_cast<std::int64_t>(seconds);
}

broken_down_time time_argument(thread_state& by, value of, std::string_view function) {
  if (!of.defined() || of.is_none()) return break_down(seconds_argument(by, {}));
  if (of.is_object()) {
    if (const auto* const its = dynamic_cast<time_tuple*>(of.object)) return its->when;
  }
  const tuple_object* const given = python::as_tuple(of);
  if (given == nullptr) raise_type_error(by, "Tuple or struct_time argument required");
  if (given->items.size() != field_names.size()) {
    raise_type_error(by, std::string(function) + "(): illegal time tuple argument");
  }
  std::array<std::int64_t, field_names.size()> number{};
  for (std::size_t i = 0; i < number.size(); ++i) number[i] = integer_of(by, given->items[i]);
  constexpr std::array<std::pair<std::string_view, std::array<std::int64_t, 2>>, 8> ranges{{{"year", {-9999, 9999}},
                                                                                            {"month", {0, 12}},
                                                                                            {"day of month", {0, 31}},
                                                                                            {"hour", {0, 23}},
                                                                                            {"minute", {0, 59}},
                                                                                            {"seconds", {0, 61}},
                                                                                            {"day of week", {-1, 6}},
                                                                                            {"day of year", {0, 366}}}};
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto& [called, range] = ranges[i];
    if (number[i] < range[0] || number[i] > range[1]) {
      raise(by, exceptions::ValueError(), std::string(called) + " out of range");
    }
  }
  const auto from_1 = [](std::int64_t value) { return value == 0 ? 1 : value; };
  return {.year = number[0],
          .month = from_1(number[1]),
          .day = from_1(number[2]),
          .hour = number[3],
          .minute = number[4],
          .second = number[5],
          .weekday = number[6] == -1 ? 6 : number[6],
          .day_of_year = from_1(number[7])};
}

// ---- the functions

value sleep(thread_state& by, const arguments& given) {
  const parameters with(by, "sleep(seconds)", given);
  by.sleep(nanoseconds_of(by, with[0], "sleep length"));
  return value::none();
}

value time(thread_state& by, const arguments& given) {
  const parameters with(by, "time()", given);
  return value(as_seconds(nanoseconds_since_1970(by)));
}

value time_ns(thread_state& by, const arguments& given) {
  const parameters with(by, "time_ns()", given);
  return value(nanoseconds_since_1970(by));
}

value monotonic(thread_state& by, const arguments& given) {
  const parameters with(by, "monotonic()", given);
  return value(as_seconds(static_cast<std::int64_t>(by.now())));
}

value monotonic_ns(thread_state& by, const arguments& given) {
  const parameters with(by, "monotonic_ns()", given);
  return value(static_cast<std::int64_t>(by.now()));
}

value strftime(thread_state& by, const arguments& given) {
  const parameters with(by, "strftime(format, t=)", given);
  const string_object* const format = as_string(with[0]);
  if (format == nullptr) {
    raise_type_error(by, "strftime() argument 1 must be str, not " + class_of(with[0]).name_text);
  }
  return make_string(by, format_time(format->text, time_argument(by, with[1], "strftime")));
}

value gmtime(thread_state& by, const arguments& given) {
  const parameters with(by, "gmtime(seconds=)", given);
  return new_struct_time(by, seconds_argument(by, with[0]));
}

value ctime(thread_state& by, const arguments& given) {
  const parameters with(by, "ctime(seconds=)", given);
  return make_string(by, format_time("%c", break_down(seconds_argument(by, with[0]))));
}

value asctime(thread_state& by, const arguments& given) {
  const parameters with(by, "asctime(t=)", given);
  return make_string(by, format_time("%c", time_argument(by, with[0], "asctime")));
}

value mktime(thread_state& by, const arguments& given) {
  const parameters with(by, "mktime(t)", given);
  return value(static_cast<double>(seconds_of(time_argument(by, with[0], "mktime"))));
}

constexpr native_entry functions[] = {{"sleep", sleep},
                                      {"time", time},
                                      {"time_ns", time_ns},
                                      {"monotonic", monotonic},
                                      {"monotonic_ns", monotonic_ns},
                                      {"perf_counter", monotonic},
                                      {"perf_counter_ns", monotonic_ns},
                                      {"process_time", monotonic},
                                      {"thread_time", monotonic},
                                      {"strftime", strftime},
                                      {"gmtime", gmtime},
                                      {"localtime", gmtime},
                                      {"ctime", ctime},
                                      {"asctime", asctime},
                                      {"mktime", mktime}};

}  // namespace

const module_object& time_module() {
  static const module_object& made = []() -> const module_object& {
    module_object& its = make_module("time", functions);
    add_class(its, struct_time_class());
    for (const std::string_view each : {"timezone", "altzone", "daylight"}) {
      its.attributes.set(intern(each), value(std::int64_t{0}));
    }
    return its;
  }();
  return made;
}

}  // namespace heddle::python
