// Threads that count together: with a lost update, and the two ways to avoid it.
#include <cstdint>
#include <mutex>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

std::vector<parameter> counting_parameters() {
  return {
      {.name = "threads", .summary = "how many threads count", .standard = 2, .least = 2, .most = 8},
      {.name = "rounds", .summary = "how often each of them adds one", .standard = 1, .least = 1, .most = 100},
  };
}

/** Calls `add_one` in several threads, several times in each. */
template <class Function>
void count_together(const arguments& args, Function add_one) {
  const std::int64_t rounds = args["rounds"];
  std::vector<heddle::thread> threads;
  for (std::int64_t i = 0; i < args["threads"]; ++i) {
    threads.push_back(heddle::thread(letter(i), [&] {
      for (std::int64_t round = 0; round < rounds; ++round) add_one();
    }));
  }
  for (heddle::thread& thread : threads) thread.join();
}

void count_by_load_and_store(const arguments& args) {
  heddle::atomic<int> counter(0, "counter");
  count_together(args, [&] {
    const int seen = counter.load();
    counter.store(seen + 1);  // another thread may have counted in between
  });
  heddle::check(counter.load() == args["threads"] * args["rounds"], "no update is lost");
}

void count_under_a_lock(const arguments& args) {
  heddle::mutex mutex("mutex");
  heddle::shared<int> counter(0, "counter");
  count_together(args, [&] {
    const std::lock_guard guard(mutex);
    counter += 1;
  });
  heddle::check(counter.load() == args["threads"] * args["rounds"], "no update is lost");
}

void count_by_fetch_add(const arguments& args) {
  heddle::atomic<int> counter(0, "counter");
  count_together(args, [&] { counter.fetch_add(1); });
  heddle::check(counter.load() == args["threads"] * args["rounds"], "no update is lost");
}

}  // namespace

scenario lost_update() {
  return {
      .name = "lost-update",
      .summary = "Threads add one to an atomic counter by a load and a store; updates get lost in between.",
      .tags = {"atomic", "classic", "bug"},
      .parameters = counting_parameters(),
      .expected = fails<failure_kind::assertion>,
      .body = count_by_load_and_store,
  };
}

scenario lost_update_locked() {
  return {
      .name = "lost-update-locked",
      .summary = "Threads add one to a plain counter while they hold a mutex; no update is lost.",
      .tags = {"mutex", "classic", "correct"},
      .parameters = counting_parameters(),
      .expected = passes,
      .body = count_under_a_lock,
  };
}

scenario lost_update_atomic() {
  return {
      .name = "lost-update-atomic",
      .summary = "Threads add one to an atomic counter by fetch_add; no update is lost.",
      .tags = {"atomic", "classic", "correct"},
      .parameters = counting_parameters(),
      .expected = passes,
      .body = count_by_fetch_add,
  };
}

}  // namespace heddle::scenarios
