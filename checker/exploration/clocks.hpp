// Clocks as rows of counts: how many events of each thread come before something.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace heddle::checker::exploration {

/** One row of counts for each of a number of things; all rows are equally wide. */
class clock_rows {
 public:
  /** Forgets everything, and makes rows for at least `rows` things and `threads` threads. */
  void reset(std::size_t rows, std::size_t threads) {
    width_ = std::max<std::size_t>(width_, (threads + block - 1) / block * block);
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
  void copy(std::uint32_t* to, const std::uint32_t* from) const noexcept {
    for (std::size_t i = 0; i < width_; i += block) std::memcpy(to + i, from + i, block * sizeof *to);
  }
  void join(std::uint32_t* into, const std::uint32_t* other) const noexcept { join(into, into, other); }
  /** Sets `to` to the join of the others. */
  void join(std::uint32_t* to, const std::uint32_t* one, const std::uint32_t* other) const noexcept {
    for (std::size_t i = 0; i < width_; i += block) {
      std::int32_t most[block];  // counts are small; and processors of 2003 have a maximum of signed numbers only
      for (std::size_t j = 0; j < block; ++j) {
        most[j] = std::max(static_cast<std::int32_t>(one[i + j]), static_cast<std::int32_t>(other[i + j]));
      }
      std::memcpy(to + i, most, sizeof most);
    }
  }
  /** Sets the count of one thread. As the other functions do it, since what is written in another width than it is read
   * in soon afterwards costs time. */
  static void set(std::uint32_t* row, std::size_t thread, std::uint32_t count) noexcept {
    std::uint32_t* const around = row + thread / block * block;
    std::uint32_t counts[block];
    std::memcpy(counts, around, sizeof counts);
    for (std::size_t j = 0; j < block; ++j) counts[j] = j == thread % block ? count : counts[j];
    std::memcpy(around, counts, sizeof counts);
  }

 private:
  static constexpr std::size_t block = 4;  // as many as a vector register holds

  std::size_t width_ = block;
  std::vector<std::uint32_t> counts_;
};

}  // namespace heddle::checker::exploration
