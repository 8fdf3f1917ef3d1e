// A rate limiter: a bucket of permits, of which each is taken once, and which is refilled now and then.
#include <algorithm>
#include <string>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr int at_first = 1;
constexpr int at_most = 2;

// ---- the objects under test

class rate_limiter {
 public:
  /** Whether there was a permit left. */
  bool try_take() {
    int left = permits_.load();
    while (left > 0) {
      if (permits_.compare_exchange_strong(left, left - 1)) return true;
    }
    return false;
  }
  /** One more, unless the bucket is full. */
  void refill() {
    int left = permits_.load();
    while (left < at_most) {
      if (permits_.compare_exchange_strong(left, left + 1)) return;
    }
  }

 protected:
  heddle::atomic<int> permits_{at_first, "permits"};
};

class check_then_act_limiter : public rate_limiter {
 public:
  bool try_take() {
    if (permits_.load() <= 0) return false;
    permits_.fetch_sub(1);  // MISTAKE: another one may have taken the permit that was seen
    return true;
  }
};

class take_and_give_back_limiter : public rate_limiter {
 public:
  bool try_take() {
    if (permits_.fetch_sub(1) > 0) return true;
    permits_.fetch_add(1);  // MISTAKE: until then one is missing, and who comes in between finds none
    return false;
  }
};

// ---- what they promise

template <class Limiter>
auto rate_limiter_property(std::string name) {
  object_property<Limiter, int> property(std::move(name), at_first);
  property.operation(
      "try_take", [](Limiter& limiter) { return limiter.try_take(); },
      [](int& permits) {
        if (permits == 0) return false;
        --permits;
        return true;
      });
  property.operation(
      "refill", [](Limiter& limiter) { limiter.refill(); },
      [](int& permits) { permits = std::min(permits + 1, at_most); });
  property.with({.threads = 3, .per_thread = 2, .before = 1, .after = 1});
  return property;
}

}  // namespace

std::vector<property_suite> rate_limiters() {
  return {
      rate_limiter_property<rate_limiter>("rate-limiter")
          .suite("A token bucket that exchanges its count.", {"property", "correct", "atomic", "lock-free"}, holds),
      rate_limiter_property<check_then_act_limiter>("rate-limiter-broken-check-then-act")
          .suite("A token bucket that looks and then takes: two take the same permit.", {"property", "bug", "atomic"},
                 breaks(failure_kind::not_linearizable)),
      rate_limiter_property<take_and_give_back_limiter>("rate-limiter-broken-take-and-give-back")
          .suite("A token bucket that takes first and gives back: others are refused though a permit is there.",
                 {"property", "bug", "atomic"}, breaks(failure_kind::not_linearizable)),
  };
}

}  // namespace heddle::scenarios
