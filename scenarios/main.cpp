// The heddle command.
#include <heddle/scenario.hpp>

#include "table.hpp"

int main(int argc, char** argv) { return heddle::command_line(heddle::scenarios::all(), argc, argv); }
