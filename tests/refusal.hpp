// What is said to requests that make no sense.
#pragma once

#include <functional>
#include <string>

#include <heddle/explore.hpp>

namespace heddle {

/** The text of the request_error that `request` throws; empty if it throws none. */
inline std::string refusal(const std::function<void()>& request) {
  try {
    request();
  } catch (const request_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace heddle
