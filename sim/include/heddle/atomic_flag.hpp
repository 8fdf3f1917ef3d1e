// heddle::atomic_flag, with the semantics of std::atomic_flag.
#pragma once

#include <atomic>
#include <string_view>

#include <heddle/atomic.hpp>

namespace heddle {

/**
 * A flag ([atomics.flag]), clear at first: an atomic<bool> of which test_and_set is an exchange, clear a store, and
 * test a load. The orders that std forbids are a misuse, as with atomic.
 */
class atomic_flag {
 public:
  atomic_flag(source_location where = source_location::current())  // NOLINT: as in std
      : atomic_flag({}, where) {}
  /** `name` is what reports call it. */
  explicit atomic_flag(std::string_view name, source_location where = source_location::current())
      : value_(false, name, where) {}

  bool test_and_set(std::memory_order order = std::memory_order_seq_cst,
                    source_location where = source_location::current()) {
    return value_.exchange(true, order, where);
  }
  void clear(std::memory_order order = std::memory_order_seq_cst, source_location where = source_location::current()) {
    value_.store(false, order, where);
  }
  [[nodiscard]] bool test(std::memory_order order = std::memory_order_seq_cst,
                          source_location where = source_location::current()) const {
    return value_.load(order, where);
  }

  /** See atomic. */
  void wait(bool old, std::memory_order order = std::memory_order_seq_cst,
            source_location where = source_location::current()) const {
    value_.wait(old, order, where);
  }
  void notify_one(source_location where = source_location::current()) { value_.notify_one(where); }
  void notify_all(source_location where = source_location::current()) { value_.notify_all(where); }

 private:
  atomic<bool> value_;
};

}  // namespace heddle
