// heddle::pipe: messages that go one way, between threads or between processes.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <string_view>
#include <utility>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

namespace heddle {

namespace sim {

/** How many messages a pipe holds, and whether there may be more. The messages, which have a type, stand beside it. */
class pipe_state final : public object {
 public:
  pipe_state(std::size_t capacity, std::string_view name, source_location where);
  pipe_state(const pipe_state&) = delete;

  /** Publishes an operation and gives the execution. */
  simulator& begin(operation_kind kind, source_location where) {
    simulator& execution = owner_of_any_process();
    execution.publish(kind, *this, where);
    return execution;
  }
  void close(source_location where);
  /** A send to a closed pipe: a misuse. */
  void end_by_send(source_location where) const;

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] cell_value state() const noexcept override { return {size, capacity}; }

  std::size_t size = 0;
  std::size_t capacity;
  bool closed = false;
};

}  // namespace sim

/**
 * A pipe of messages, first in first out, as between processes that share a channel and no memory.
 *
 * Processes do not get copies of it: a message that is sent in one is received in another. A message is a value; what
 * it points to is not sent along. send blocks while the pipe is full, receive while it is empty and open. Messages that
 * are in a pipe when it is closed are still received.
 */
template <class T>
class pipe {
 public:
  using value_type = T;
  /** How many messages a pipe holds if nothing else is said. */
  static constexpr std::size_t default_capacity = 64;

  pipe(source_location where = source_location::current())  // NOLINT: as the other objects
      : pipe(default_capacity, {}, where) {}
  /** `capacity` must be at least 1, or it is a misuse. */
  explicit pipe(std::size_t capacity, source_location where = source_location::current()) : pipe(capacity, {}, where) {}
  /** `name` is what reports call it. */
  pipe(std::size_t capacity, std::string_view name, source_location where = source_location::current())
      : state_(capacity, name, where) {}

  [[nodiscard]] std::size_t capacity() const noexcept { return state_.capacity; }

  /** A misuse if the pipe is closed, or is closed while the thread waits for room. */
  void send(T message, source_location where = source_location::current()) {
    std::list<T> made;
    made.push_back(std::move(message));
    sim::simulator& execution = state_.begin(sim::operation_kind::push, where);
    if (state_.closed) return state_.end_by_send(where);
    messages_.splice(messages_.end(), made);
    ++state_.size;
    execution.performed(sim::effect::update, true, [&] { return sim::event_values{{}, sim::show(messages_.back())}; });
  }

  /** The oldest message; nothing when the pipe is closed and there are no more. */
  [[nodiscard]] std::optional<T> receive(source_location where = source_location::current()) {
    sim::simulator& execution = state_.begin(sim::operation_kind::pop, where);
    if (state_.size == 0) {
      execution.performed(sim::effect::read, false);
      return std::nullopt;
    }
    std::list<T> taken;
    taken.splice(taken.end(), messages_, messages_.begin());
    --state_.size;
    execution.performed(sim::effect::update, true, [&] { return sim::event_values{sim::show(taken.front()), {}}; });
    return std::move(taken.front());
  }

  /** Nothing more will be sent. To close a pipe again does nothing. */
  void close(source_location where = source_location::current()) { state_.close(where); }

 private:
  sim::pipe_state state_;
  std::list<T> messages_;
};

}  // namespace heddle
