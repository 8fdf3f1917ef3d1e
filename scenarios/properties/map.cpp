// A map from keys to values, in buckets that each have a lock.
#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr std::size_t keys = 2;  // 0 and 1
using entries = std::map<std::size_t, int>;

// ---- the objects under test

class bucket_map {
 public:
  void put(std::size_t key, int value) {
    bucket& its = buckets_.at(key);
    const std::lock_guard guard(its.mutex);
    its.value = value;
  }
  std::optional<int> get(std::size_t key) {
    bucket& its = buckets_.at(key);
    const std::lock_guard guard(its.mutex);
    return its.value.load();
  }
  bool erase(std::size_t key) {
    bucket& its = buckets_.at(key);
    const std::lock_guard guard(its.mutex);
    const bool was_there = its.value.load().has_value();
    its.value = std::nullopt;
    return was_there;
  }
  /** The value of the key, which is added if it is not there. */
  int get_or_add(std::size_t key, int value) {
    bucket& its = buckets_.at(key);
    const std::lock_guard guard(its.mutex);
    const std::optional<int> found = its.value;
    if (found) return *found;
    its.value = value;
    return value;
  }
  entries all() {
    for (bucket& each : buckets_) each.mutex.lock();
    entries found;
    for (std::size_t key = 0; key < keys; ++key) add(key, found);
    for (bucket& each : buckets_) each.mutex.unlock();
    return found;
  }

 protected:
  struct bucket {  // of one key, here
    heddle::mutex mutex{"mutex"};
    heddle::shared<std::optional<int>> value{std::nullopt, "value"};
  };

  void add(std::size_t key, entries& to) {
    const std::optional<int> value = buckets_.at(key).value;
    if (value) to.emplace(key, *value);
  }

  std::array<bucket, keys> buckets_;
};

class check_then_act_map : public bucket_map {
 public:
  int get_or_add(std::size_t key, int value) {
    const std::optional<int> found = get(key);
    if (found) return *found;
    put(key, value);  // MISTAKE: the lock was free in between; overwrites what another one has added and returned
    return value;
  }
};

class bucket_by_bucket_map : public bucket_map {
 public:
  entries all() {
    entries found;
    for (std::size_t key = 0; key < keys; ++key) {
      const std::lock_guard guard(buckets_.at(key).mutex);  // MISTAKE: to see all at one time takes all the locks
      add(key, found);
    }
    return found;
  }
};

// ---- what they promise

template <class Map>
auto map_property(std::string name) {
  const auto key = rc::gen::inRange<std::size_t>(0, keys);
  const auto value = rc::gen::inRange(1, 4);
  object_property<Map, entries> property(std::move(name));
  property.operation(
      "put", [](Map& map, std::size_t at, int what) { map.put(at, what); },
      [](entries& model, std::size_t at, int what) { model[at] = what; }, key, value);
  property.operation(
      "get", [](Map& map, std::size_t at) { return map.get(at); },
      [](entries& model, std::size_t at) -> std::optional<int> {
        const auto found = model.find(at);
        if (found == model.end()) return std::nullopt;
        return found->second;
      },
      key);
  property.operation(
      "erase", [](Map& map, std::size_t at) { return map.erase(at); },
      [](entries& model, std::size_t at) { return model.erase(at) != 0; }, key);
  property.operation(
      "get_or_add", [](Map& map, std::size_t at, int what) { return map.get_or_add(at, what); },
      [](entries& model, std::size_t at, int what) { return model.try_emplace(at, what).first->second; }, key, value);
  property.operation(
      "all", [](Map& map) { return map.all(); },  //
      [](entries& model) { return model; });
  property.with({.threads = 2, .per_thread = 4, .before = 1, .after = 0});
  return property;
}

}  // namespace

std::vector<property_suite> maps() {
  return {
      map_property<bucket_map>("map").suite("A map in buckets, each with a mutex.", {"property", "correct", "mutex"},
                                            holds),
      map_property<check_then_act_map>("map-broken-check-then-act")
          .suite("A map whose get_or_add lets its lock go between looking and adding: two get different values.",
                 {"property", "bug", "mutex"}, breaks(failure_kind::not_linearizable)),
      map_property<bucket_by_bucket_map>("map-broken-bucket-by-bucket")
          .suite("A map that locks one bucket after another to list all: entries that were never in it together.",
                 {"property", "bug", "mutex"}, breaks(failure_kind::not_linearizable)),
  };
}

}  // namespace heddle::scenarios
