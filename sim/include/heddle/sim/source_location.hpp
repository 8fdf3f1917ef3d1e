// Where in the program's source an operation stands.
#pragma once

#include <concepts>
#include <cstdint>
#include <utility>

namespace heddle {

/**
 * A place in the source, taken by default argument: `void lock(source_location where = source_location::current())`.
 *
 * Two words, filled with constants by the compiler, so it costs nothing that matters where nobody records.
 * It stands in for std::source_location, which clang 14 does not have with libstdc++.
 */
struct source_location {
  const char* file = nullptr;  ///< as the compiler was given it; null where the place is not known
  std::uint32_t line = 0;      ///< counted from 1; 0 where the place is not known
  std::uint32_t unused = 0;    // makes both words full, so that compilers hand them on as they are

  [[nodiscard]] static constexpr source_location current(const char* file = __builtin_FILE(),
                                                         std::uint32_t line = __builtin_LINE()) noexcept {
    return {file, line, 0};
  }
};

/** Whether both are the same place in the source, as the same compiler saw it. */
[[nodiscard]] inline bool same_place(const source_location& a, const source_location& b) noexcept {
  return a.line == b.line && a.file == b.file;
}

/**
 * A value and the place where it was handed over: lets `x = 5` and `x += 1` know where they stand, since an
 * operator can have no default argument, but the conversion of its operand can.
 */
template <class T>
struct located {
  T value;
  source_location where;

  template <class U>
  requires std::convertible_to<U, T>
  constexpr located(U&& from, source_location at = source_location::current())  // NOLINT(google-explicit-constructor)
      : value(static_cast<T>(std::forward<U>(from))), where(at) {}
};

}  // namespace heddle

namespace heddle::sim {
using heddle::source_location;
}  // namespace heddle::sim
