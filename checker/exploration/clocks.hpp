// Clocks as rows of counts: how many events of each thread come before something.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace heddle::checker::exploration {

/** One row of counts for each of a number of things; all rows are equally wide. */
class clock_rows {
 public:
  /** Forgets everything, and makes rows for at least `rows` things and `threads` threads. */
  void reset(std::size_t rows, std::size_t threads) {
    width_ = std::max<std::size_t>(width_, (threads + 7) / 8 * 8);
    reserve(rows);
  }
  void reserve(std::size_t rows) {
    if (counts_.size() < rows * width_) counts_.resize(std::max(rows * width_, 2 * counts_.size()));
  }
  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  [[nodiscard]] std::uint32_t* operator[](std::size_t row) noexcept { return counts_.data() + row * width_; }
  [[nodiscard]] const std::uint32_t* operator[](std::size_t row) const noexcept {
    return counts_.data() + row * width_;
  }

  void clear(std::size_t row) noexcept { std::fill_n((*this)[row], width_, 0U); }
  void copy(std::uint32_t* to, const std::uint32_t* from) const noexcept { std::copy_n(from, width_, to); }
  void join(std::uint32_t* into, const std::uint32_t* other) const noexcept {
    for (std::size_t i = 0; i < width_; ++i) into[i] = std::max(into[i], other[i]);
  }

 private:
  std::size_t width_ = 8;
  std::vector<std::uint32_t> counts_;
};

}  // namespace heddle::checker::exploration
