// What the terminal is like, if there is one.
#include "command_line/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace heddle::checker {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool colour_on(int descriptor, colour_choice choice) {
  if (choice != colour_choice::automatic) return choice == colour_choice::always;
  return can_redraw(descriptor) && variable("NO_COLOR").empty();
}

}  // namespace

int width_of(int descriptor) {
  winsize size{};
  // A terminal that does not know its size says 0.
  if (isatty(descriptor) == 0 || ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return report_style{}.width;
  }
  return std::max<int>(size.ws_col, 40);
}

bool can_redraw(int descriptor) { return isatty(descriptor) != 0 && variable("TERM") != "dumb"; }

report_style style_for(int descriptor, const request& asked) {
  return {asked.width.value_or(width_of(descriptor)), colour_on(descriptor, asked.colour)};
}

}  // namespace heddle::checker
