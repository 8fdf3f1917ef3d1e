// heddle::jthread, with the semantics of std::jthread.
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include <heddle/stop_token.hpp>
#include <heddle/thread.hpp>

namespace heddle {

/**
 * A thread that is asked to stop, and joined, where it would be left joinable ([thread.jthread.class]).
 *
 * Its function gets a stop_token in front of its arguments, if it takes one. The destructor and the move assignment are
 * operations: a request_stop, with its callbacks, and a join.
 */
class jthread : private thread {
  template <class Function, class... Args>
  static constexpr bool takes_token = std::invocable<std::decay_t<Function>, stop_token, std::decay_t<Args>...>;
  template <class Function, class... Args>
  static constexpr bool runs =
      takes_token<Function, Args...> || std::invocable<std::decay_t<Function>, std::decay_t<Args>...>;

 public:
  using thread::id;

  jthread() noexcept : source_(nostopstate) {}

  template <class Function>
  requires(runs<Function> && !std::same_as<std::remove_cvref_t<Function>, jthread>) explicit jthread(
      Function&& function, source_location where = source_location::current())
      : source_(where) {
    begin({}, where, std::forward<Function>(function));
  }
  /** `name` is what reports call the thread. */
  template <class Function>
  requires runs<Function> jthread(std::string_view name, Function&& function,
                                  source_location where = source_location::current())
      : source_(name, where) {
    begin(name, where, std::forward<Function>(function));
  }
  /** Arguments are copied, as by std::jthread; the place in the source comes from debug information. */
  template <class Function, class Arg, class... Args>
  requires runs<Function, Arg, Args...>
  explicit jthread(Function&& function, Arg&& arg, Args&&... args) : source_(source_location{}) {
    begin({}, {}, std::forward<Function>(function), std::forward<Arg>(arg), std::forward<Args>(args)...);
  }
  template <class Function, class Arg, class... Args>
  requires runs<Function, Arg, Args...> jthread(std::string_view name, Function&& function, Arg&& arg, Args&&... args)
      : source_(name, source_location{}) {
    begin(name, {}, std::forward<Function>(function), std::forward<Arg>(arg), std::forward<Args>(args)...);
  }

  jthread(jthread&& other) noexcept = default;
  jthread& operator=(jthread&& other) noexcept {
    if (this == &other) return *this;
    finish();
    thread::operator=(std::move(other));
    source_ = std::move(other.source_);
    return *this;
  }
  ~jthread() { finish(); }

  using thread::detach;
  using thread::get_id;
  using thread::hardware_concurrency;
  using thread::join;
  using thread::joinable;
  void swap(jthread& other) noexcept {
    thread::swap(other);
    source_.swap(other.source_);
  }
  friend void swap(jthread& a, jthread& b) noexcept { a.swap(b); }

  [[nodiscard]] stop_source get_stop_source() noexcept { return source_; }
  [[nodiscard]] stop_token get_stop_token() const noexcept { return source_.get_token(); }
  bool request_stop(source_location where = source_location::current()) { return source_.request_stop(where); }

 private:
  template <class Function, class... Args>
  void begin(std::string_view name, source_location where, Function&& function, Args&&... args) {
    if constexpr (takes_token<Function, Args...>) {
      start(name, where, std::forward<Function>(function), source_.get_token(), std::forward<Args>(args)...);
    } else {
      start(name, where, std::forward<Function>(function), std::forward<Args>(args)...);
    }
  }

  /** Asks it to stop and waits for its end, if it is joinable; nothing is thrown where the execution is given up. */
  void finish() noexcept {
    if (!joinable()) return;
    if (!source_.used_here()) return forget();  // of an execution that is over, and so is the thread
    const sim::simulator::in_destructor guard;
    source_.request_stop({});
    join({});
  }

  stop_source source_;
};

}  // namespace heddle
