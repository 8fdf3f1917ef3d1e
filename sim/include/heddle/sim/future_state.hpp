// What a promise and its futures share, and how results are kept there.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle::sim {

/** When a result becomes ready. */
enum class ready : std::uint8_t {
  at_once,
  at_thread_exit,  ///< satisfied now, which is an operation, but ready only when the running thread has ended
  by_thread_exit,  ///< the same where nobody could tell it was satisfied before: there is no operation but that
};

/**
 * The shared state of [futures.state], but for the value, which has a type.
 *
 * Operations: `set` by what provides the result; `await` by who wants it. For a deferred function `enter_once` stands
 * in place of await: the first who wants the result enters, calls the function and sets the result.
 */
class future_state : public object, public std::enable_shared_from_this<future_state> {
 public:
  future_state(std::string_view name, source_location where) : object(object_kind::future, name, where) {}

  /** A first future is being made of it: throws future_already_retrieved if it is not the first. */
  void retrieve();

  void set_exception(std::exception_ptr thrown, ready when, source_location where);
  /** Its promise goes away: if that has not been satisfied, the result is the exception broken_promise. */
  void break_promise();

  /** Blocks until the result is there; calls the deferred function if it is the first to want it. */
  void await(source_location where);
  [[nodiscard]] std::future_status await_until(std::uint64_t deadline, source_location where);
  /** After await: throws the result if it is an exception. To get that of a broken promise is a misuse, too. */
  void rethrow(source_location where) const;

  /** The running thread is the one that works for it. */
  void worked_on_here() noexcept { worker_ = simulator::current().running(); }

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  /** Whether it is ready, and whether it has been satisfied. */
  [[nodiscard]] cell_value state() const noexcept override { return {ready_ ? 1U : 0U, satisfied_ ? 1U : 0U}; }
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;

 protected:
  /** For those that call a function when they are awaited. */
  void is_deferred() noexcept { deferred_ = true; }
  virtual void run_deferred(source_location /*where*/) {}

  /** Publishes a `set`; throws promise_already_satisfied if it is not the first. */
  simulator& begin_set(ready when, source_location where);
  /** The result is in its place. */
  void end_set(simulator& execution, ready when, source_location where);
  [[nodiscard]] virtual std::string shown_value() const = 0;

 private:
  [[nodiscard]] event_values seen() const { return {shown(), {}}; }
  [[nodiscard]] std::string shown() const;
  void make_ready(source_location where);

  std::exception_ptr thrown_;
  thread_id worker_ = no_thread;     // who works for it, where that is known
  thread_id broken_by_ = no_thread;  // whose promise it was
  bool retrieved_ = false;
  bool satisfied_ = false;  // though perhaps not ready before the end of a thread
  bool ready_ = false;
  bool deferred_ = false;
  bool started_ = false;  // the deferred function has been
};

/** How a result is kept: made outside of all operations, and only put in its place within one. */
template <class T>
using kept =
    std::conditional_t<std::is_void_v<T>, std::monostate,
                       std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*, std::unique_ptr<T>>>;

template <class T, class Make>
[[nodiscard]] kept<T> keep_result_of(Make&& make) {
  if constexpr (std::is_void_v<T>) {
    std::forward<Make>(make)();
    return {};
  } else if constexpr (std::is_reference_v<T>) {
    return std::addressof(std::forward<Make>(make)());
  } else {
    return std::make_unique<T>(std::forward<Make>(make)());
  }
}

/** The shared state of a future<T>. */
template <class T>
class future_value : public future_state {
 public:
  using future_state::future_state;

  void set(kept<T> made, ready when, source_location where) {
    simulator& execution = begin_set(when, where);
    std::swap(value_, made);
    end_set(execution, when, where);
  }

  /** What `make` returns or throws becomes the result. */
  template <class Make>
  void set_result_of(Make&& make, ready when, source_location where) {
    kept<T> made{};
    try {
      made = keep_result_of<T>(std::forward<Make>(make));
    } catch (...) {
      if (simulator::current().giving_up()) throw;  // that may be what unwinds the thread
      return set_exception(std::current_exception(), when, where);
    }
    set(std::move(made), when, where);
  }

  /** After await: the result; null for void. */
  [[nodiscard]] std::remove_reference_t<T>* result(source_location where) const {
    rethrow(where);
    if constexpr (std::is_void_v<T>) {
      return nullptr;
    } else {
      // Only in a destructor that runs while the execution is given up: it wants a value that nobody will ever set.
      if (value_ == nullptr) [[unlikely]]
        simulator::current().abandon();
      return std::to_address(value_);
    }
  }

 private:
  [[nodiscard]] std::string shown_value() const override {
    if constexpr (std::is_void_v<T>) {
      return {};
    } else {
      return value_ == nullptr ? std::string() : show(*value_);
    }
  }

  kept<T> value_{};
};

/** That of a function which its first waiter calls. */
template <class T, class Call>
class deferred_value final : public future_value<T> {
 public:
  deferred_value(Call call, std::string_view name, source_location where)
      : future_value<T>(name, where), call_(std::move(call)) {
    this->is_deferred();
  }

 private:
  void run_deferred(source_location where) override { this->set_result_of(std::move(call_), ready::at_once, where); }

  Call call_;
};

}  // namespace heddle::sim
