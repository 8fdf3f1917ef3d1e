#include "python/modules/calendar.hpp"

#include <array>
#include <chrono>

namespace heddle::python {
namespace {

constexpr std::int64_t day_length = 86'400;
constexpr std::array<std::string_view, 7> weekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::size_t abbreviated = 3;

std::string padded(std::int64_t number, std::size_t width, char with = '0') {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), with);
  return digits;
}

template <std::size_t Count>
std::string_view named(const std::array<std::string_view, Count>& names, std::int64_t which) {
  return which >= 0 && which < static_cast<std::int64_t>(Count) ? names[static_cast<std::size_t>(which)] : "?";
}

std::chrono::sys_days date_of(const broken_down_time& when) {
  using namespace std::chrono;
  return sys_days(year(static_cast<int>(when.year)) / month(static_cast<unsigned>(when.month)) / 1) +
         days(when.day - 1);
}

// %U and %W: the first such weekday of the year begins week 1.
std::int64_t week_of(const broken_down_time& when, std::int64_t days_since_first_weekday) {
  return (when.day_of_year - 1 + 7 - days_since_first_weekday) / 7;
}

std::string one(char what, const broken_down_time& when) {
  const std::int64_t hour_of_half = when.hour % 12 == 0 ? 12 : when.hour % 12;
  switch (what) {
    case 'Y': return std::to_string(when.year);
    case 'C': return padded(when.year / 100, 2);
    case 'y': return padded(when.year % 100, 2);
    case 'm': return padded(when.month, 2);
    case 'd': return padded(when.day, 2);
    case 'e': return padded(when.day, 2, ' ');
    case 'H': return padded(when.hour, 2);
    case 'I': return padded(hour_of_half, 2);
    case 'M': return padded(when.minute, 2);
    case 'S': return padded(when.second, 2);
    case 'j': return padded(when.day_of_year, 3);
    case 'a': return std::string(named(weekdays, when.weekday).substr(0, abbreviated));
    case 'A': return std::string(named(weekdays, when.weekday));
    case 'b':
    case 'h': return std::string(named(months, when.month - 1).substr(0, abbreviated));
    case 'B': return std::string(named(months, when.month - 1));
    case 'p': return when.hour < 12 ? "AM" : "PM";
    case 'u': return std::to_string(when.weekday + 1);
    case 'w': return std::to_string((when.weekday + 1) % 7);
    case 'U': return padded(week_of(when, (when.weekday + 1) % 7), 2);
    case 'W': return padded(week_of(when, when.weekday), 2);
    case 'c': return format_time("%a %b %e %H:%M:%S %Y", when);
    case 'x':
    case 'D': return format_time("%m/%d/%y", when);
    case 'X':
    case 'T': return format_time("%H:%M:%S", when);
    case 'r': return format_time("%I:%M:%S %p", when);
    case 'F': return format_time("%Y-%m-%d", when);
    case 'R': return format_time("%H:%M", when);
    case 's': return std::to_string(seconds_of(when));
    case 'Z': return "UTC";
    case 'z': return "+0000";
    case 'n': return "\n";
    case 't': return "\t";
    case '%': return "%";
    default: return std::string("%") + what;
  }
}

}  // namespace

broken_down_time break_down(std::int64_t seconds) {
  using namespace std::chrono;
  const std::int64_t of_day = (seconds % day_length + day_length) % day_length;
  const sys_days date{days((seconds - of_day) / day_length)};
  const year_month_day parts(date);
  broken_down_time when;
  when.year = static_cast<int>(parts.year());
  when.month = static_cast<unsigned>(parts.month());
  when.day = static_cast<unsigned>(parts.day());
  when.hour = of_day / 3600;
  when.minute = of_day / 60 % 60;
  when.second = of_day % 60;
  when.weekday = weekday(date).iso_encoding() - 1;
  when.day_of_year = (date - sys_days(parts.year() / January / 1)).count() + 1;
  return when;
}

std::int64_t seconds_of(const broken_down_time& when) {
  return date_of(when).time_since_epoch().count() * day_length + when.hour * 3600 + when.minute * 60 + when.second;
}

std::string format_time(std::string_view format, const broken_down_time& when) {
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '%' && i + 1 < format.size()) {
      text += one(format[++i], when);
    } else {
      text += format[i];
    }
  }
  return text;
}

}  // namespace heddle::python
