// Dates and times of day, in UTC and in English: no clock and no locale of the real world is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle::python {

/** What time.struct_time tells. */
struct broken_down_time {
  std::int64_t year = 1970;
  std::int64_t month = 1;  // from 1
  std::int64_t day = 1;    // from 1
  std::int64_t hour = 0, minute = 0, second = 0;
  std::int64_t weekday = 3;      // from 0, Monday
  std::int64_t day_of_year = 1;  // from 1
};

/** Of a number of seconds since 1970. */
[[nodiscard]] broken_down_time break_down(std::int64_t seconds);
[[nodiscard]] std::int64_t seconds_of(const broken_down_time& when);
/** As strftime of the C locale; what it does not know stays as it is. */
[[nodiscard]] std::string format_time(std::string_view format, const broken_down_time& when);

}  // namespace heddle::python
