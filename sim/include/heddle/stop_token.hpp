// heddle::stop_source, stop_token and stop_callback, with the semantics of their std namesakes.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** A callback that stands in the list of a stop state, or did: a part of the user's stop_callback. */
struct stop_callback_entry {
  void (*run)(stop_callback_entry& self) = nullptr;
  std::uint64_t number = 0;  // within its stop state, from 1
  stop_callback_entry* previous = nullptr;
  stop_callback_entry* next = nullptr;
};

/** Whether a stop was requested, and what is to be called then. Sources, tokens and callbacks share it. */
class stop_state final : public object {
 public:
  stop_state(std::string_view name, source_location where) : object(object_kind::stop_state, name, where) {}

  bool request_stop(source_location where);
  [[nodiscard]] bool stop_requested(source_location where) const;
  [[nodiscard]] bool stop_possible() const noexcept { return requested_ || sources_ > 0; }
  /** Runs the callback at once where a stop was requested already. */
  void add_callback(stop_callback_entry& entry, source_location where);
  void remove_callback(stop_callback_entry& entry, source_location where);

  void add_source() noexcept { ++sources_; }
  void remove_source() noexcept { --sources_; }

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;

 private:
  void link(stop_callback_entry& entry) noexcept;
  void unlink(stop_callback_entry& entry) noexcept;
  static void call(stop_callback_entry& entry);
  void call_by_request(stop_callback_entry& entry);

  bool requested_ = false;
  std::uint32_t sources_ = 0;
  std::uint64_t registered_ = 0;          // how many callbacks there have been
  stop_callback_entry* first_ = nullptr;  // in order of registration
  stop_callback_entry* last_ = nullptr;
  std::uint64_t called_ = 0;         // the number of the callback that request_stop is calling; 0: none, ...
  thread_id requester_ = no_thread;  // ... and the thread that does
};

}  // namespace sim

/** For a stop_source that is to have no stop state ([stopsource]). */
struct nostopstate_t {
  explicit nostopstate_t() = default;
};
inline constexpr nostopstate_t nostopstate{};

/**
 * Tells whether a stop was requested ([stoptoken]). Asking is an operation, where there is a stop state; whether a stop
 * is possible at all is none.
 */
class stop_token {
 public:
  stop_token() noexcept = default;

  [[nodiscard]] bool stop_requested(source_location where = source_location::current()) const {
    return state_ != nullptr && state_->stop_requested(where);
  }
  [[nodiscard]] bool stop_possible() const noexcept { return state_ != nullptr && state_->stop_possible(); }
  void swap(stop_token& other) noexcept { state_.swap(other.state_); }
  friend void swap(stop_token& a, stop_token& b) noexcept { a.swap(b); }
  friend bool operator==(const stop_token&, const stop_token&) noexcept = default;

 private:
  friend class stop_source;
  template <class Callback>
  friend class stop_callback;
  explicit stop_token(std::shared_ptr<sim::stop_state> state) noexcept : state_(std::move(state)) {}

  std::shared_ptr<sim::stop_state> state_;
};

/**
 * Requests a stop ([stopsource]). The first request, in one step, sets the state; then its thread calls the
 * callbacks, one after another, in the order in which they were registered. (The standard leaves that order open, so a
 * program must not depend on it.) A stop state belongs to the process that made it.
 */
class stop_source {
 public:
  stop_source(source_location where = source_location::current())  // NOLINT: as in std
      : stop_source({}, where) {}
  /** `name` is what reports call its stop state. */
  explicit stop_source(std::string_view name, source_location where = source_location::current())
      : state_(std::make_shared<sim::stop_state>(name, where)) {
    state_->add_source();
  }
  explicit stop_source(nostopstate_t /*none*/) noexcept {}
  stop_source(const stop_source& other) noexcept : state_(other.state_) {
    if (state_ != nullptr) state_->add_source();
  }
  stop_source(stop_source&& other) noexcept = default;
  stop_source& operator=(const stop_source& other) noexcept {
    stop_source(other).swap(*this);
    return *this;
  }
  stop_source& operator=(stop_source&& other) noexcept {
    stop_source(std::move(other)).swap(*this);
    return *this;
  }
  ~stop_source() {
    if (state_ != nullptr) state_->remove_source();
  }

  /** Whether this was the first request. False without a stop state. */
  bool request_stop(source_location where = source_location::current()) {
    if (state_ == nullptr) return false;
    const std::shared_ptr<sim::stop_state> kept = state_;  // a callback may destroy this
    return kept->request_stop(where);
  }
  [[nodiscard]] bool stop_requested(source_location where = source_location::current()) const {
    return state_ != nullptr && state_->stop_requested(where);
  }
  [[nodiscard]] bool stop_possible() const noexcept { return state_ != nullptr; }
  [[nodiscard]] stop_token get_token() const noexcept { return stop_token(state_); }
  void swap(stop_source& other) noexcept { state_.swap(other.state_); }
  friend void swap(stop_source& a, stop_source& b) noexcept { a.swap(b); }
  friend bool operator==(const stop_source&, const stop_source&) noexcept = default;

 private:
  friend class jthread;
  [[nodiscard]] bool used_here() const noexcept { return state_ != nullptr && state_->used_here(); }

  std::shared_ptr<sim::stop_state> state_;
};

/**
 * Has `callback` called when a stop is requested ([stopcallback]): by the thread that requests it, or at once, in the
 * constructor, if a stop was requested before. The destructor waits while another thread is at the callback. An
 * exception that leaves the callback terminates the program.
 */
template <class Callback>
class stop_callback : private sim::stop_callback_entry {
  static_assert(std::invocable<Callback> && std::destructible<Callback>);

 public:
  using callback_type = Callback;

  template <class C>
  requires std::constructible_from<Callback, C>
  explicit stop_callback(const stop_token& token, C&& callback, source_location where = source_location::current())
      : callback_(std::forward<C>(callback)), state_(token.state_) {
    add(where);
  }
  template <class C>
  requires std::constructible_from<Callback, C>
  explicit stop_callback(stop_token&& token, C&& callback, source_location where = source_location::current())
      : callback_(std::forward<C>(callback)), state_(std::move(token.state_)) {
    add(where);
  }
  stop_callback(const stop_callback&) = delete;
  stop_callback& operator=(const stop_callback&) = delete;
  ~stop_callback() {
    if (state_ == nullptr || !state_->used_here()) return;  // an execution that is over calls nobody
    const sim::simulator::in_destructor guard;
    state_->remove_callback(*this, {});
  }

 private:
  void add(source_location where) {
    run = [](sim::stop_callback_entry& self) { std::forward<Callback>(static_cast<stop_callback&>(self).callback_)(); };
    if (state_ != nullptr) state_->add_callback(*this, where);
  }

  Callback callback_;
  std::shared_ptr<sim::stop_state> state_;
};

template <class Callback>
stop_callback(stop_token, Callback) -> stop_callback<Callback>;
template <class Callback>
stop_callback(stop_token, Callback, source_location) -> stop_callback<Callback>;

}  // namespace heddle
