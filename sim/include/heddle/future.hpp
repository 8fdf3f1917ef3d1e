// heddle::promise, future, shared_future, packaged_task and async, with the semantics of their std namesakes.
#pragma once

#include <chrono>
#include <concepts>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <heddle/clock.hpp>
#include <heddle/sim/future_state.hpp>
#include <heddle/thread.hpp>

namespace heddle {

using std::future_errc;
using std::future_error;
using std::future_status;
using std::launch;

template <class T>
class shared_future;
template <class T>
class promise;
template <class Signature>
class packaged_task;

namespace sim {

/** What futures have in common: they wait. Without a state they throw no_state. */
template <class T>
class future_base {
 public:
  [[nodiscard]] bool valid() const noexcept { return state_ != nullptr; }

  /** Blocks until the result is there. */
  void wait(source_location where = source_location::current()) const { state().await(where); }
  /** The same, with a time limit on the virtual clock; deferred at once if the function has not been called yet. */
  template <class Rep, class Period>
  std::future_status wait_for(const std::chrono::duration<Rep, Period>& duration,
                              source_location where = source_location::current()) const {
    return state().await_until(deadline_in(duration), where);
  }
  template <class Clock, class Duration>
  std::future_status wait_until(const std::chrono::time_point<Clock, Duration>& point,
                                source_location where = source_location::current()) const {
    return state().await_until(deadline_at(point), where);
  }

 protected:
  future_base() noexcept = default;
  explicit future_base(std::shared_ptr<future_value<T>> state) noexcept : state_(std::move(state)) {}

  [[nodiscard]] future_value<T>& state() const {
    if (state_ == nullptr) throw std::future_error(std::future_errc::no_state);
    return *state_;
  }
  [[nodiscard]] std::shared_ptr<future_value<T>> release() {
    static_cast<void>(state());
    return std::exchange(state_, nullptr);
  }

 private:
  std::shared_ptr<future_value<T>> state_;
};

/** What promises and packaged tasks have in common: they are to provide a result. */
template <class T>
class provider {
 public:
  provider() noexcept = default;
  provider(std::string_view name, source_location where) : state_(std::make_shared<future_value<T>>(name, where)) {}
  provider(provider&& other) noexcept = default;
  provider& operator=(provider&& other) noexcept {
    provider(std::move(other)).swap(*this);
    return *this;
  }
  /** Breaks the promise if it has not been satisfied and somebody else shares the state. */
  ~provider() {
    if (state_ != nullptr && state_.use_count() > 1) state_->break_promise();
  }

  void swap(provider& other) noexcept { state_.swap(other.state_); }
  [[nodiscard]] bool valid() const noexcept { return state_ != nullptr; }
  [[nodiscard]] future_value<T>& state() const {
    if (state_ == nullptr) throw std::future_error(std::future_errc::no_state);
    return *state_;
  }
  [[nodiscard]] std::shared_ptr<future_value<T>> retrieve() const {
    state().retrieve();
    return state_;
  }

 private:
  std::shared_ptr<future_value<T>> state_;
};

/** The type itself, where declarations need one though it is void. */
template <class T>
using value_of = std::conditional_t<std::is_void_v<T>, std::monostate, std::remove_reference_t<T>>;

template <class T>
concept plain_value = !std::is_void_v<T> && !std::is_reference_v<T>;

/** Makes futures. */
struct future_maker;

}  // namespace sim

/**
 * A future ([futures.unique.future]): the result of a promise, a packaged task or async.
 *
 * What std throws is thrown here: future_error with no_state, and what the result is if that is an exception. To get()
 * the result of a broken promise, one that was destroyed before it was satisfied, is a misuse as well, since nobody
 * means it; a program that only waits for it is let alone.
 */
template <class T>
class future : public sim::future_base<T> {
 public:
  future() noexcept = default;
  future(future&&) noexcept = default;
  future& operator=(future&&) noexcept = default;
  ~future() = default;

  /** Waits for the result and takes it: after that the future has no state. */
  T get(source_location where = source_location::current()) {
    const auto state = this->release();
    state->await(where);
    if constexpr (std::is_void_v<T>) {
      static_cast<void>(state->result(where));
    } else {
      return std::forward<T>(*state->result(where));
    }
  }
  /** The same result for many: after that this future has no state. */
  shared_future<T> share() noexcept { return shared_future<T>(std::move(*this)); }

 private:
  friend class shared_future<T>;
  friend struct sim::future_maker;
  explicit future(std::shared_ptr<sim::future_value<T>> state) noexcept : sim::future_base<T>(std::move(state)) {}
};

/** A future that can be copied and whose result can be looked at many times ([futures.shared.future]). */
template <class T>
class shared_future : public sim::future_base<T> {
  using seen = std::conditional_t<std::is_void_v<T>, void,
                                  std::conditional_t<std::is_reference_v<T>, T, const sim::value_of<T>&>>;

 public:
  shared_future() noexcept = default;
  shared_future(future<T>&& from) noexcept  // NOLINT: as in std
      : sim::future_base<T>(from.valid() ? from.release() : nullptr) {}

  /** Waits for the result. */
  seen get(source_location where = source_location::current()) const {
    sim::future_value<T>& state = this->state();
    state.await(where);
    if constexpr (std::is_void_v<T>) {
      static_cast<void>(state.result(where));
    } else {
      return *state.result(where);
    }
  }
};

namespace sim {

struct future_maker {
  template <class T>
  [[nodiscard]] static future<T> make(std::shared_ptr<future_value<T>> state) noexcept {
    return future<T>(std::move(state));
  }
};

}  // namespace sim

/**
 * A promise ([futures.promise]) of a value, a reference or nothing.
 *
 * Satisfying it is one operation. As in std, a second time throws promise_already_satisfied, a second get_future
 * future_already_retrieved, and a promise that was moved from no_state. One that is destroyed unsatisfied is broken:
 * see future. Only the process that made it may use it.
 */
template <class T>
class promise {
 public:
  promise(source_location where = source_location::current()) : promise({}, where) {}  // NOLINT: as in std
  /** `name` is what reports call its future. */
  explicit promise(std::string_view name, source_location where = source_location::current())
      : provider_(name, where) {}
  /** Allocators are of no use here. */
  template <class Allocator>
  promise(std::allocator_arg_t, const Allocator&, source_location where = source_location::current())
      : promise({}, where) {}

  void swap(promise& other) noexcept { provider_.swap(other.provider_); }
  friend void swap(promise& a, promise& b) noexcept { a.swap(b); }

  [[nodiscard]] future<T> get_future() { return sim::future_maker::make<T>(provider_.retrieve()); }

  void set_value(const sim::value_of<T>& value,
                 source_location where = source_location::current()) requires sim::plain_value<T> {
    set(std::make_unique<T>(value), sim::ready::at_once, where);
  }
  void set_value(sim::value_of<T>&& value,
                 source_location where = source_location::current()) requires sim::plain_value<T> {
    set(std::make_unique<T>(std::move(value)), sim::ready::at_once, where);
  }
  void set_value(sim::value_of<T>& value,
                 source_location where = source_location::current()) requires std::is_reference_v<T> {
    set(std::addressof(value), sim::ready::at_once, where);
  }
  void set_value(source_location where = source_location::current()) requires std::is_void_v<T> {
    set({}, sim::ready::at_once, where);
  }
  void set_exception(std::exception_ptr thrown, source_location where = source_location::current()) {
    provider_.state().set_exception(std::move(thrown), sim::ready::at_once, where);
  }

  /** Satisfied now, but ready only when this thread has ended, after its thread-local variables. */
  void set_value_at_thread_exit(const sim::value_of<T>& value,
                                source_location where = source_location::current()) requires sim::plain_value<T> {
    set(std::make_unique<T>(value), sim::ready::at_thread_exit, where);
  }
  void set_value_at_thread_exit(sim::value_of<T>&& value,
                                source_location where = source_location::current()) requires sim::plain_value<T> {
    set(std::make_unique<T>(std::move(value)), sim::ready::at_thread_exit, where);
  }
  void set_value_at_thread_exit(sim::value_of<T>& value,
                                source_location where = source_location::current()) requires std::is_reference_v<T> {
    set(std::addressof(value), sim::ready::at_thread_exit, where);
  }
  void set_value_at_thread_exit(source_location where = source_location::current()) requires std::is_void_v<T> {
    set({}, sim::ready::at_thread_exit, where);
  }
  void set_exception_at_thread_exit(std::exception_ptr thrown, source_location where = source_location::current()) {
    provider_.state().set_exception(std::move(thrown), sim::ready::at_thread_exit, where);
  }

 private:
  void set(sim::kept<T> made, sim::ready when, source_location where) {
    provider_.state().set(std::move(made), when, where);
  }

  sim::provider<T> provider_;
};

/**
 * A function whose result goes to a future ([futures.task]). As in std, a second call throws promise_already_satisfied,
 * and one without a function no_state. Destroyed uncalled, it is a broken promise: see future.
 */
template <class R, class... Args>
class packaged_task<R(Args...)> {
 public:
  packaged_task() noexcept = default;
  template <class Function>
  requires(std::is_invocable_r_v<R, std::decay_t<Function>&, Args...> &&
           !std::same_as<std::remove_cvref_t<Function>,
                         packaged_task>) explicit packaged_task(Function&& function,
                                                                source_location where = source_location::current())
      : packaged_task({}, std::forward<Function>(function), where) {}
  /** `name` is what reports call its future. */
  template <class Function>
  requires std::is_invocable_r_v < R, std::decay_t<Function>
  &,
      Args... >
          packaged_task(std::string_view name, Function&& function, source_location where = source_location::current())
      : provider_(name, where),
  function_(std::make_unique<holder<std::decay_t<Function>>>(std::forward<Function>(function))) {}

  [[nodiscard]] bool valid() const noexcept { return provider_.valid(); }
  void swap(packaged_task& other) noexcept {
    provider_.swap(other.provider_);
    function_.swap(other.function_);
    std::swap(called_, other.called_);
  }
  friend void swap(packaged_task& a, packaged_task& b) noexcept { a.swap(b); }

  [[nodiscard]] future<R> get_future() { return sim::future_maker::make<R>(provider_.retrieve()); }

  /** The place in the source comes from debug information. */
  void operator()(Args... args) { call(sim::ready::at_once, std::forward<Args>(args)...); }
  /** Calls the function now; the result is ready when this thread has ended. */
  void make_ready_at_thread_exit(Args... args) { call(sim::ready::at_thread_exit, std::forward<Args>(args)...); }

  /** A new state for the same function; the old one is abandoned. */
  void reset(source_location where = source_location::current()) {
    static_cast<void>(provider_.state());  // no_state
    provider_ = sim::provider<R>({}, where);
    called_ = false;
  }

 private:
  struct callable {
    virtual ~callable() = default;
    virtual R call(Args&&... args) = 0;
  };
  template <class Function>
  struct holder final : callable {
    explicit holder(const Function& from) : function(from) {}
    explicit holder(Function&& from) : function(std::move(from)) {}
    R call(Args&&... args) override {
      if constexpr (std::is_void_v<R>) {
        std::invoke(function, std::forward<Args>(args)...);
      } else {
        return std::invoke(function, std::forward<Args>(args)...);
      }
    }
    Function function;
  };

  void call(sim::ready when, Args&&... args) {
    sim::future_value<R>& state = provider_.state();
    if (std::exchange(called_, true)) throw std::future_error(std::future_errc::promise_already_satisfied);
    state.set_result_of([&]() -> R { return function_->call(std::forward<Args>(args)...); }, when, {});
  }

  sim::provider<R> provider_;
  std::unique_ptr<callable> function_;
  bool called_ = false;
};

namespace sim {

/** The signature of a function object's call operator, for the deduction of packaged tasks. */
template <class Member>
struct signature_of;
template <class R, class F, class... Args, bool N>
struct signature_of<R (F::*)(Args...) noexcept(N)> {
  using type = R(Args...);
};
template <class R, class F, class... Args, bool N>
struct signature_of<R (F::*)(Args...) const noexcept(N)> {
  using type = R(Args...);
};
template <class R, class F, class... Args, bool N>
struct signature_of<R (F::*)(Args...)& noexcept(N)> {
  using type = R(Args...);
};
template <class R, class F, class... Args, bool N>
struct signature_of<R (F::*)(Args...) const& noexcept(N)> {
  using type = R(Args...);
};

}  // namespace sim

template <class R, class... Args>
packaged_task(R (*)(Args...)) -> packaged_task<R(Args...)>;
template <class Function, class Signature = typename sim::signature_of<decltype(&Function::operator())>::type>
packaged_task(Function) -> packaged_task<Signature>;

namespace sim {

/** The state of a function that runs in a thread of its own, and that thread, for which the last of its futures waits.
 */
template <class T>
struct async_run {
  async_run(std::string_view name, source_location at)
      : state(std::make_shared<future_value<T>>(name, at)), where(at) {}
  async_run(const async_run&) = delete;
  async_run& operator=(const async_run&) = delete;
  ~async_run() {
    // Of an execution that is over, so is the thread.
    if (!state->used_here() || !worker.joinable() || running_simulator->giving_up()) return;
    try {
      worker.join(where);
    } catch (...) {  // the execution is given up; the thread's next operation will say so again
    }
  }

  std::shared_ptr<future_value<T>> state;  // the thread shares it
  heddle::thread worker;
  source_location where;
};

template <class Function, class... Args>
using async_result = std::invoke_result_t<std::decay_t<Function>, std::decay_t<Args>...>;

template <class Function, class... Args>
[[nodiscard]] future<async_result<Function, Args...>> run_async(std::launch policy, std::string_view name,
                                                                source_location where, Function&& function,
                                                                Args&&... args) {
  using result = async_result<Function, Args...>;
  auto call = [parts = std::tuple<std::decay_t<Function>, std::decay_t<Args>...>(
                   std::forward<Function>(function), std::forward<Args>(args)...)]() mutable -> result {
    return std::apply([](auto&&... part) -> result { return std::invoke(std::move(part)...); }, std::move(parts));
  };
  using call_type = decltype(call);
  if ((policy & std::launch::async) != std::launch{}) {
    const auto run = std::make_shared<async_run<result>>(name, where);
    run->worker = heddle::thread(
        name,
        [state = run->state, call = std::move(call), where]() mutable {
          state->worked_on_here();
          // Ready at the thread's end: who waits for it waits for the thread, as if by join ([futures.async]/5).
          state->set_result_of(std::move(call), ready::by_thread_exit, where);
        },
        where);
    return future_maker::make<result>(std::shared_ptr<future_value<result>>(run, run->state.get()));
  }
  if ((policy & std::launch::deferred) == std::launch{}) {
    simulator::current().end(ending_kind::misuse, "async with a launch policy that is neither async nor deferred",
                             where);
  }
  return future_maker::make<result>(std::make_shared<deferred_value<result, call_type>>(std::move(call), name, where));
}

}  // namespace sim

/**
 * Calls a function in a thread of its own, or (launch::deferred) in the first thread that waits for the result
 * ([futures.async]). Where the policy allows both, as the default does, a thread is started.
 *
 * The last future of a thread's result waits for the thread in its destructor. `name` is what reports call the future,
 * and the thread.
 */
template <class Function>
requires std::invocable<std::decay_t<Function>>
[[nodiscard]] auto async(launch policy, Function&& function, source_location where = source_location::current()) {
  return sim::run_async(policy, {}, where, std::forward<Function>(function));
}
template <class Function>
requires std::invocable<std::decay_t<Function>>
[[nodiscard]] auto async(launch policy, std::string_view name, Function&& function,
                         source_location where = source_location::current()) {
  return sim::run_async(policy, name, where, std::forward<Function>(function));
}
template <class Function>
requires std::invocable<std::decay_t<Function>>
[[nodiscard]] auto async(Function&& function, source_location where = source_location::current()) {
  return sim::run_async(launch::async | launch::deferred, {}, where, std::forward<Function>(function));
}
template <class Function>
requires std::invocable<std::decay_t<Function>>
[[nodiscard]] auto async(std::string_view name, Function&& function,
                         source_location where = source_location::current()) {
  return sim::run_async(launch::async | launch::deferred, name, where, std::forward<Function>(function));
}
/** With arguments, which are copied; the place in the source comes from debug information. */
template <class Function, class Arg, class... Args>
requires std::invocable<std::decay_t<Function>, std::decay_t<Arg>, std::decay_t<Args>...>
[[nodiscard]] auto async(launch policy, Function&& function, Arg&& arg, Args&&... args) {
  return sim::run_async(policy, {}, {}, std::forward<Function>(function), std::forward<Arg>(arg),
                        std::forward<Args>(args)...);
}
template <class Function, class Arg, class... Args>
requires std::invocable<std::decay_t<Function>, std::decay_t<Arg>, std::decay_t<Args>...>
[[nodiscard]] auto async(Function&& function, Arg&& arg, Args&&... args) {
  return sim::run_async(launch::async | launch::deferred, {}, {}, std::forward<Function>(function),
                        std::forward<Arg>(arg), std::forward<Args>(args)...);
}

}  // namespace heddle
