// Small programs as data, over all kinds of objects, and how Heddle runs them.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/heddle.hpp>

namespace heddle::programs {

inline constexpr std::size_t objects = 2;  // of each kind

struct action;

struct instruction {
  const action* what;
  std::size_t object = 0;
  unsigned value = 0;
  std::optional<unsigned> only_after = {};  // skipped unless this was the thread's latest result
};

using code = std::vector<instruction>;

/** Main starts the other threads, runs its own code, and joins them in order. */
struct program {
  std::vector<code> threads;  // the first is main's
  bool nested = false;        // the third and those behind it are started by the last but one before them, in its midst
  unsigned permits = 0;       // of each semaphore
  std::size_t capacity = 1;   // of each queue
  bool careful = true;  // threads keep to the rules that they can keep alone, and unlock what they hold at the end
};

/** What the threads of the program work on. */
struct objects_of {
  explicit objects_of(const program& of);

  std::array<atomic<unsigned>, objects> atomics{};
  std::array<shared<unsigned>, objects> plain{};
  std::array<mutex, objects> mutexes;
  std::array<recursive_mutex, objects> recursive;
  std::array<shared_mutex, objects> shared_mutexes;
  std::array<condition_variable, objects> conditions;
  std::array<counting_semaphore<>, objects> semaphores;
  std::array<latch, objects> latches;
  std::array<barrier<>, objects> barriers{barrier<>(2), barrier<>(2)};
  std::array<once_flag, objects> flags;
  std::array<promise<unsigned>, objects> promises;
  std::array<shared_future<unsigned>, objects> futures;
  std::array<queue<unsigned>, objects> queues;
};

enum class holds : unsigned char { nothing, shared, exclusively };

/** A thread of the program: what it has seen, and what it holds. */
struct actor {
  objects_of* on = nullptr;
  bool careful = true;
  unsigned latest = 0;  // result
  unsigned seen = 0;    // all results
  std::uint32_t places = 0;
  std::array<bool, objects> locked{};
  std::array<unsigned, objects> depth{};
  std::array<holds, objects> shared_lock{};

  void see(unsigned value) {
    latest = value;
    seen = seen * 31 + value + 1;
  }
  [[nodiscard]] bool may(bool by_the_rules) const { return by_the_rules || !careful; }
};

struct action {
  std::string_view name;
  void (*perform)(actor& by, const instruction& now);
};

// ---- variables. Updates but `exchange` always change the value: one that does not is a read to a search that looks at
// values.

inline constexpr action load{"load",
                             [](actor& by, const instruction& now) { by.see(by.on->atomics[now.object].load()); }};
inline constexpr action store{"store",
                              [](actor& by, const instruction& now) { by.on->atomics[now.object].store(now.value); }};
inline constexpr action exchange{
    "exchange", [](actor& by, const instruction& now) { by.see(by.on->atomics[now.object].exchange(now.value)); }};
// Loops that wait: the value may be there already, or never come.
inline constexpr action await_by_yields{"await_by_yields", [](actor& by, const instruction& now) {
                                          while (by.on->atomics[now.object].load() != now.value) this_thread::yield();
                                        }};
inline constexpr action await_by_loads{"await_by_loads", [](actor& by, const instruction& now) {
                                         while (by.on->atomics[now.object].load() != now.value) continue;
                                       }};
inline constexpr action await_under_lock{"await_under_lock", [](actor& by, const instruction& now) {
                                           for (bool over = false; !over;) {
                                             this_thread::yield();
                                             const std::lock_guard held(by.on->recursive[now.object]);
                                             over = by.on->atomics[now.object].load() == now.value;
                                           }
                                         }};
inline constexpr action await_value{
    "await_value", [](actor& by, const instruction& now) {
      by.on->atomics[now.object].await([value = now.value](unsigned seen) { return seen == value; });
    }};
inline constexpr action look_thrice{"look_thrice", [](actor& by, const instruction& now) {
                                      for (int i = 0; i < 3; ++i) by.see(by.on->atomics[now.object].load());
                                    }};
inline constexpr action add{
    "add", [](actor& by, const instruction& now) { by.see(by.on->atomics[now.object].fetch_add(now.value + 1)); }};
inline constexpr action flip{
    "flip", [](actor& by, const instruction& now) { by.see(by.on->atomics[now.object].fetch_xor(now.value + 1)); }};
inline constexpr action compare_exchange{"compare_exchange", [](actor& by, const instruction& now) {
                                           unsigned expected = now.value;
                                           by.on->atomics[now.object].compare_exchange_strong(expected, now.value + 1);
                                           by.see(expected);
                                         }};
inline constexpr action compare_exchange_weak{
    "compare_exchange_weak", [](actor& by, const instruction& now) {
      unsigned expected = now.value;
      by.see(by.on->atomics[now.object].compare_exchange_weak(expected, now.value + 1) ? 1 : 0);
      by.see(expected);
    }};
inline constexpr action wait_while{
    "wait_while", [](actor& by, const instruction& now) { by.on->atomics[now.object].wait(now.value); }};
inline constexpr action wake_one{"wake_one",
                                 [](actor& by, const instruction& now) { by.on->atomics[now.object].notify_one(); }};
inline constexpr action wake_all{"wake_all",
                                 [](actor& by, const instruction& now) { by.on->atomics[now.object].notify_all(); }};
inline constexpr action read{"read",
                             [](actor& by, const instruction& now) { by.see(by.on->plain[now.object].load()); }};
inline constexpr action write{"write",
                              [](actor& by, const instruction& now) { by.on->plain[now.object].store(now.value); }};
inline constexpr action draw{"draw", [](actor& by, const instruction& now) { by.see(heddle::random(now.value + 2)); }};

// ---- mutexes

inline constexpr action lock{"lock", [](actor& by, const instruction& now) {
                               if (!by.may(!by.locked[now.object])) return;
                               by.on->mutexes[now.object].lock();
                               by.locked[now.object] = true;
                             }};
inline constexpr action try_lock{"try_lock", [](actor& by, const instruction& now) {
                                   if (!by.may(!by.locked[now.object])) return;
                                   const bool locks = by.on->mutexes[now.object].try_lock();
                                   by.see(locks ? 1 : 0);
                                   if (locks) by.locked[now.object] = true;
                                 }};
inline constexpr action unlock{"unlock", [](actor& by, const instruction& now) {
                                 if (!by.may(by.locked[now.object])) return;
                                 by.on->mutexes[now.object].unlock();
                                 by.locked[now.object] = false;
                               }};
inline constexpr action lock_again{"lock_again", [](actor& by, const instruction& now) {
                                     by.on->recursive[now.object].lock();
                                     ++by.depth[now.object];
                                   }};
inline constexpr action try_lock_again{"try_lock_again", [](actor& by, const instruction& now) {
                                         const bool locks = by.on->recursive[now.object].try_lock();
                                         by.see(locks ? 1 : 0);
                                         if (locks) ++by.depth[now.object];
                                       }};
inline constexpr action unlock_again{"unlock_again", [](actor& by, const instruction& now) {
                                       if (!by.may(by.depth[now.object] > 0)) return;
                                       by.on->recursive[now.object].unlock();
                                       --by.depth[now.object];
                                     }};
inline constexpr action lock_whole{"lock_whole", [](actor& by, const instruction& now) {
                                     if (!by.may(by.shared_lock[now.object] == holds::nothing)) return;
                                     by.on->shared_mutexes[now.object].lock();
                                     by.shared_lock[now.object] = holds::exclusively;
                                   }};
inline constexpr action lock_shared{"lock_shared", [](actor& by, const instruction& now) {
                                      if (!by.may(by.shared_lock[now.object] == holds::nothing)) return;
                                      by.on->shared_mutexes[now.object].lock_shared();
                                      by.shared_lock[now.object] = holds::shared;
                                    }};
inline constexpr action try_lock_whole{"try_lock_whole", [](actor& by, const instruction& now) {
                                         if (!by.may(by.shared_lock[now.object] == holds::nothing)) return;
                                         const bool locks = by.on->shared_mutexes[now.object].try_lock();
                                         by.see(locks ? 1 : 0);
                                         if (locks) by.shared_lock[now.object] = holds::exclusively;
                                       }};
inline constexpr action try_lock_shared{"try_lock_shared", [](actor& by, const instruction& now) {
                                          if (!by.may(by.shared_lock[now.object] == holds::nothing)) return;
                                          const bool locks = by.on->shared_mutexes[now.object].try_lock_shared();
                                          by.see(locks ? 1 : 0);
                                          if (locks) by.shared_lock[now.object] = holds::shared;
                                        }};
inline constexpr action unlock_either{"unlock_either", [](actor& by, const instruction& now) {
                                        const holds held = by.shared_lock[now.object];
                                        if (!by.may(held != holds::nothing)) return;
                                        if (held == holds::shared) {
                                          by.on->shared_mutexes[now.object].unlock_shared();
                                        } else {
                                          by.on->shared_mutexes[now.object].unlock();
                                        }
                                        by.shared_lock[now.object] = holds::nothing;
                                      }};

// ---- condition variables. Both go with the first mutex: another one for those who wait on the same is a misuse.

inline constexpr action wait{"wait", [](actor& by, const instruction& now) {
                               if (by.careful) lock.perform(by, {&lock});
                               std::unique_lock<mutex> held(by.on->mutexes[0], std::adopt_lock);
                               by.on->conditions[now.object].wait(held);
                               static_cast<void>(held.release());
                             }};
// Each in a place of its own: to time out twice in one place looks like a loop.
inline constexpr action wait_a_little{
    "wait_a_little", [](actor& by, const instruction& now) {
      if (by.careful) lock.perform(by, {&lock});
      std::unique_lock<mutex> held(by.on->mutexes[0], std::adopt_lock);
      const source_location where{"wait_a_little", ++by.places, 0};
      by.see(by.on->conditions[now.object].wait_for(held, std::chrono::seconds(1), where) == std::cv_status::timeout);
      static_cast<void>(held.release());
    }};
inline constexpr action notify_one{
    "notify_one", [](actor& by, const instruction& now) { by.on->conditions[now.object].notify_one(); }};
inline constexpr action notify_all{
    "notify_all", [](actor& by, const instruction& now) { by.on->conditions[now.object].notify_all(); }};

// ---- semaphores, latches, barriers, once, futures, queues

inline constexpr action acquire{"acquire",
                                [](actor& by, const instruction& now) { by.on->semaphores[now.object].acquire(); }};
inline constexpr action try_acquire{"try_acquire", [](actor& by, const instruction& now) {
                                      by.see(by.on->semaphores[now.object].try_acquire() ? 1 : 0);
                                    }};
inline constexpr action release{"release",
                                [](actor& by, const instruction& now) { by.on->semaphores[now.object].release(); }};

// The latches begin with as many as count down: those that are skipped are missing.
inline constexpr action count_down{"count_down",
                                   [](actor& by, const instruction& now) { by.on->latches[now.object].count_down(); }};
inline constexpr action await_latch{"await_latch",
                                    [](actor& by, const instruction& now) { by.on->latches[now.object].wait(); }};
inline constexpr action try_wait{
    "try_wait", [](actor& by, const instruction& now) { by.see(by.on->latches[now.object].try_wait() ? 1 : 0); }};

inline constexpr action arrive{
    "arrive", [](actor& by, const instruction& now) { static_cast<void>(by.on->barriers[now.object].arrive()); }};
inline constexpr action arrive_and_wait{
    "arrive_and_wait", [](actor& by, const instruction& now) { by.on->barriers[now.object].arrive_and_wait(); }};

struct no_luck {};

inline constexpr action once{"once", [](actor& by, const instruction& now) {
                               call_once(by.on->flags[now.object],
                                         [&] { by.see(by.on->atomics[now.object].fetch_add(1)); });
                             }};
// The next one that comes calls it again.
inline constexpr action once_in_vain{"once_in_vain", [](actor& by, const instruction& now) {
                                       try {
                                         call_once(by.on->flags[now.object], [&] {
                                           by.see(by.on->atomics[now.object].fetch_add(1));
                                           throw no_luck();
                                         });
                                       } catch (const no_luck&) {
                                         by.see(7);
                                       }
                                     }};

inline constexpr action set{"set", [](actor& by, const instruction& now) {
                              try {
                                by.on->promises[now.object].set_value(now.value);
                              } catch (const future_error&) {
                                by.see(7);
                              }
                            }};
inline constexpr action get{"get", [](actor& by, const instruction& now) { by.see(by.on->futures[now.object].get()); }};

inline constexpr action push{"push",
                             [](actor& by, const instruction& now) { by.on->queues[now.object].push(now.value); }};
inline constexpr action try_push{"try_push", [](actor& by, const instruction& now) {
                                   by.see(by.on->queues[now.object].try_push(now.value) ? 1 : 0);
                                 }};
inline constexpr action pop{"pop", [](actor& by, const instruction& now) { by.see(by.on->queues[now.object].pop()); }};
inline constexpr action try_pop{
    "try_pop", [](actor& by, const instruction& now) { by.see(by.on->queues[now.object].try_pop().value_or(7)); }};

// ---- programs

inline std::ptrdiff_t count_downs(const program& of, std::size_t object) {
  std::ptrdiff_t count = 0;
  for (const code& thread : of.threads) {
    for (const instruction& each : thread) count += each.what == &count_down && each.object == object ? 1 : 0;
  }
  return count;
}

inline objects_of::objects_of(const program& of)
    : semaphores{counting_semaphore<>(of.permits), counting_semaphore<>(of.permits)},
      latches{latch(count_downs(of, 0)), latch(count_downs(of, 1))},
      futures{promises[0].get_future().share(), promises[1].get_future().share()},
      queues{queue<unsigned>(of.capacity), queue<unsigned>(of.capacity)} {}

inline void perform(const instruction& now, actor& by) {
  if (!now.only_after || *now.only_after == by.latest) now.what->perform(by, now);
}

inline void unlock_all(actor& by) {
  for (std::size_t object = 0; object < objects; ++object) {
    unlock.perform(by, {&unlock, object});
    while (by.depth[object] > 0) unlock_again.perform(by, {&unlock_again, object});
    unlock_either.perform(by, {&unlock_either, object});
  }
}

/** A program that can be run again and again. */
class runnable {
 public:
  explicit runnable(const program& of) : of_(&of) {}

  void run() {
    objects_of& on = kept_.emplace(*of_);
    actors_.assign(of_->threads.size(), {&on, of_->careful});
    run_thread(0);
  }

  /** All that its threads have seen. */
  [[nodiscard]] std::string outcome() const {
    std::string text;
    for (const actor& each : actors_) text += std::to_string(each.seen) + " ";
    return text;
  }

 private:
  [[nodiscard]] std::size_t starter_of(std::size_t t) const { return of_->nested && t > 2 ? t - 2 : 0; }

  [[nodiscard]] std::vector<thread> start_others(std::size_t by) {
    std::vector<thread> started;
    for (std::size_t t = 1; t < of_->threads.size(); ++t) {
      if (starter_of(t) == by) started.push_back(thread([this, t] { run_thread(t); }));  // knows its place
    }
    return started;
  }

  void run_thread(std::size_t t) {
    const code& steps = of_->threads[t];
    const std::size_t before = std::min<std::size_t>(t == 0 ? 0 : 1, steps.size());  // its own, before it starts others
    for (std::size_t i = 0; i < before; ++i) perform(steps[i], actors_[t]);
    std::vector<thread> started = start_others(t);
    for (std::size_t i = before; i < steps.size(); ++i) perform(steps[i], actors_[t]);
    if (of_->careful) unlock_all(actors_[t]);
    for (thread& each : started) each.join();
  }

  const program* of_;
  // Kept until the next execution begins: a mutex that is destroyed while it is held is a misuse of its own.
  std::optional<objects_of> kept_;
  std::vector<actor> actors_;
};

/** As one can read it. */
inline std::string show(const program& of) {
  std::string text = std::to_string(of.permits) + " permits, " + std::to_string(of.capacity) + " places" +
                     (of.careful ? "" : ", careless") + (of.nested ? ", nested" : "") + "\n";
  for (std::size_t t = 0; t < of.threads.size(); ++t) {
    text += t == 0 ? "main:" : "thread " + std::to_string(t) + ":";
    for (const instruction& each : of.threads[t]) {
      if (each.only_after) text += " after " + std::to_string(*each.only_after) + ":";
      text += " " + std::string(each.what->name) + "(" + std::to_string(each.object) + ", " +
              std::to_string(each.value) + ")";
    }
    text += "\n";
  }
  return text;
}

}  // namespace heddle::programs
