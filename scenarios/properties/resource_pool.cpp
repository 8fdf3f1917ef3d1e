// A pool of two numbered resources: acquire waits until one is free, and gives any that is; nobody else has it then.
#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr std::size_t resources = 2;  // 0 and 1

// ---- the objects under test

class resource_pool {
 public:
  std::size_t acquire() {
    std::unique_lock lock(mutex_);
    std::optional<std::size_t> found;
    while (!(found = any_free())) released_.wait(lock);
    taken_[*found] = true;
    return *found;
  }
  /** Whether it was taken. */
  bool release(std::size_t which) {
    const std::lock_guard guard(mutex_);
    if (!taken_.at(which)) return false;
    taken_.at(which) = false;
    released_.notify_one();
    return true;
  }

 protected:
  std::optional<std::size_t> any_free() {
    for (std::size_t which = 0; which < resources; ++which) {
      if (!taken_[which]) return which;
    }
    return std::nullopt;
  }

  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable released_{"released"};
  std::array<heddle::shared<bool>, resources> taken_;
};

class lock_let_go_too_early_pool : public resource_pool {
 public:
  std::size_t acquire() {
    std::unique_lock lock(mutex_);
    std::optional<std::size_t> found;
    while (!(found = any_free())) released_.wait(lock);
    lock.unlock();  // MISTAKE: another one may take it before it is marked as taken: two owners
    lock.lock();
    taken_[*found] = true;
    return *found;
  }
};

class wait_without_looking_pool : public resource_pool {
 public:
  std::size_t acquire() {
    for (;;) {
      if (const std::optional<std::size_t> taken = try_acquire()) return *taken;
      std::unique_lock lock(mutex_);
      released_.wait(lock);  // MISTAKE: no predicate; one that was released since the last look is waited for
    }
  }

 private:
  std::optional<std::size_t> try_acquire() {
    const std::lock_guard guard(mutex_);
    const std::optional<std::size_t> found = any_free();
    if (found) taken_[*found] = true;
    return found;
  }
};

// ---- what they promise

template <class Pool>
auto resource_pool_property(std::string name) {
  using model = std::set<std::size_t>;  // those that are taken
  object_property<Pool, model> property(std::move(name));
  // The model does not say which one acquire gives: `seen` is what it gave, or null where that is not known.
  property
      .operation(
          "acquire", [](Pool& pool) { return pool.acquire(); },
          [](const model& taken, const std::size_t* seen) {
            std::vector<model> next;
            for (std::size_t which = 0; which < resources; ++which) {
              if (taken.contains(which) || (seen != nullptr && *seen != which)) continue;
              next.push_back(taken);
              next.back().insert(which);
            }
            return next;
          })
      .waits_while([](const model& taken) { return taken.size() == resources; });
  property.operation(
      "release", [](Pool& pool, std::size_t which) { return pool.release(which); },
      [](model& taken, std::size_t which) { return taken.erase(which) != 0; },
      rc::gen::inRange<std::size_t>(0, resources));
  property.with({.threads = 2, .per_thread = 2, .before = 2, .after = 0});
  return property;
}

}  // namespace

std::vector<property_suite> resource_pools() {
  return {
      resource_pool_property<resource_pool>("resource-pool")
          .suite("A pool of resources with a mutex and a condition variable.",
                 {"property", "correct", "mutex", "condition-variable"}, holds),
      resource_pool_property<lock_let_go_too_early_pool>("resource-pool-broken-lock-let-go-too-early")
          .suite("A pool that lets its lock go between finding a free resource and marking it: two owners.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::not_linearizable)),
      resource_pool_property<wait_without_looking_pool>("resource-pool-broken-wait-without-looking")
          .suite("A pool that waits without looking: what was released just before is waited for.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::lost_wakeup)),
  };
}

}  // namespace heddle::scenarios
