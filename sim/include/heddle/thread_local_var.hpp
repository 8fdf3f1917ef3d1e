// heddle::thread_local_var: what `thread_local` is for the threads of a program under test.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** The misuse of a variable of an earlier execution. */
void misused_thread_local(source_location where);
/** The misuse of a variable by its own initializer. */
[[noreturn]] void thread_local_made_by_itself(source_location where);

}  // namespace sim

/**
 * A variable of which each thread has a value of its own ([basic.stc.thread]). A plain `thread_local` would be one for
 * the whole OS thread, in which all the program's threads run.
 *
 * A thread's value is made when it first uses the variable, by the initializer: a value that is copied, or a function
 * that returns one. It is destroyed when the thread ends, in reverse order of the making; with the variable if that
 * comes first. Like other objects it belongs to one execution, or its use is a misuse; so is its use by its own
 * initializer. Uses are no operations, since threads do not share the values.
 */
template <class T>
class thread_local_var {
 public:
  /** Each value is `T()`. */
  thread_local_var() requires std::default_initializable<T> : thread_local_var([] { return T(); }) {}
  /** Each value is what `initializer` returns, in the thread. */
  template <class Function>
  requires std::is_invocable_r_v<T, Function&>
  explicit thread_local_var(Function initializer)
      : values_(std::make_shared<values>(std::function<T()>(std::move(initializer)))),
        execution_(sim::simulator::current().serial()) {}
  /** Each value is a copy of `initial`. */
  template <class Value>
  requires(!std::is_invocable_r_v<T, Value&> && std::constructible_from<T, const Value&> &&
           !std::same_as<Value, thread_local_var>) explicit thread_local_var(Value initial)
      : thread_local_var([kept = std::move(initial)] { return T(kept); }) {}
  thread_local_var(const thread_local_var&) = delete;
  thread_local_var& operator=(const thread_local_var&) = delete;
  // The destructors of values may use the variable, or let threads end that have some: there are none of them any more.
  ~thread_local_var() {
    const auto doomed = std::move(values_->of_threads);
    values_->of_threads.clear();
  }

  /** The running thread's value. */
  [[nodiscard]] T& get(source_location where = source_location::current()) const {
    sim::simulator& execution = sim::simulator::current();
    if (!execution.is_present(execution_)) [[unlikely]]
      sim::misused_thread_local(where);
    const sim::thread_id thread = execution.running();
    auto& of_threads = values_->of_threads;
    if (thread < of_threads.size() && of_threads[thread].value != nullptr) [[likely]]
      return *of_threads[thread].value;
    return make(execution, thread, where);
  }
  [[nodiscard]] T& operator*() const { return get({}); }
  [[nodiscard]] T* operator->() const { return std::addressof(get({})); }

 private:
  struct slot {
    std::unique_ptr<T> value;
    bool being_made = false;
  };
  struct values {
    explicit values(std::function<T()> with) : initializer(std::move(with)) {}
    std::function<T()> initializer;
    std::vector<slot> of_threads;  // by number
  };

  // Initializers may perform operations, so that other threads' values may be made meanwhile.
  T& make(sim::simulator& execution, sim::thread_id thread, source_location where) const {
    auto& of_threads = values_->of_threads;
    if (thread >= of_threads.size()) of_threads.resize(thread + 1);
    if (of_threads[thread].being_made) sim::thread_local_made_by_itself(where);
    struct being_made {
      values& of;
      sim::thread_id thread;
      being_made(values& all, sim::thread_id by) : of(all), thread(by) { of.of_threads[thread].being_made = true; }
      being_made(const being_made&) = delete;
      being_made& operator=(const being_made&) = delete;
      ~being_made() { of.of_threads[thread].being_made = false; }
    };
    std::unique_ptr<T> made;
    {
      const being_made guard(*values_, thread);
      made.reset(new T(values_->initializer()));  // not make_unique: T need not be movable
    }
    execution.at_thread_exit([all = std::weak_ptr<values>(values_), thread] { forget(all, thread); });
    slot& own = values_->of_threads[thread];
    own.value = std::move(made);
    return *own.value;
  }

  // The variable may be gone by now, or go while the value is destroyed.
  static void forget(const std::weak_ptr<values>& of, sim::thread_id thread) {
    const std::shared_ptr<values> all = of.lock();
    if (all == nullptr || thread >= all->of_threads.size()) return;
    const std::unique_ptr<T> doomed = std::move(all->of_threads[thread].value);
  }

  std::shared_ptr<values> values_;
  std::uint64_t execution_;
};

}  // namespace heddle
