// The heddle command.
#include <heddle/property.hpp>

#include "properties/table.hpp"
#include "table.hpp"

int main(int argc, char** argv) {
  return heddle::command_line(heddle::scenarios::all(), heddle::scenarios::all_properties(), argc, argv);
}
