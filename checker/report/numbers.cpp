// Digits in groups of three, and words with or without an s.
#include "numbers.hpp"

namespace heddle::checker {

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t left = digits.size(); left > 3; left -= 3) digits.insert(left - 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t number, std::string_view one) {
  return (grouped(number) + ' ').append(one) + (number == 1 ? "" : "s");
}

}  // namespace heddle::checker
