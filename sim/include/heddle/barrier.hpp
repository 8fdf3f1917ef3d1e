// heddle::barrier, with the semantics of std::barrier.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** A barrier's phases, and how many are still to arrive in the present one. */
class barrier_state final : public object {
 public:
  barrier_state(std::ptrdiff_t expected, std::string_view name, source_location where);
  barrier_state(const barrier_state&) = default;
  ~barrier_state() override {
    if (completing_ != no_thread) [[unlikely]]
      destroyed_while_completing();
  }

  /** The phase that was arrived in, and whether that was its last arrival. */
  struct arrival {
    std::uint64_t phase;
    bool last;
  };
  /**
   * `kind` is arrive or arrive_and_drop. The last arrival ends the phase, unless `later`: then complete is
   * to be called by the same thread.
   */
  arrival arrive(operation_kind kind, std::ptrdiff_t update, bool later, source_location where);
  void complete(source_location where);
  /** `of` is the number of the barrier that the token is of. */
  void wait(object_id of, std::uint64_t phase, source_location where);

  /** The barrier's number, the same in all processes. */
  [[nodiscard]] object_id original() const noexcept { return original_; }

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  /** The phase; and how many arrivals are missing in it, with how many are expected in each in the upper half. */
  [[nodiscard]] cell_value state() const noexcept override {
    return {phase_, static_cast<std::uint64_t>(missing_) | static_cast<std::uint64_t>(expected_) << 32U};
  }
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<barrier_state>(*this); }

 private:
  void end_phase() noexcept;
  void destroyed_while_completing() const;

  object_id original_;
  std::ptrdiff_t expected_;           // in the phases to come
  std::ptrdiff_t missing_;            // in this one
  std::uint64_t phase_ = 0;           // the present one
  thread_id completing_ = no_thread;  // who runs the completion function
};

/** The completion function of a barrier that has none. */
struct no_completion {
  void operator()() const noexcept {}
};

}  // namespace sim

/**
 * A barrier ([thread.barrier.class]): in each phase so many arrivals are expected; who waits goes on when all are
 * there.
 *
 * The last one to arrive runs the completion function, if there is one, and then lets the others go. That function may
 * perform operations; an exception that leaves it ends the program by std::terminate. Each arrival and each wait is an
 * operation; the end of the completion is an event, but no point of choice.
 *
 * A misuse: more arrivals than are expected (also while the completion function runs), an arrival of none or of a
 * negative number, a negative count to begin with, a wait with the token of another barrier or of a phase before the
 * last one, and the destruction while a thread is at an operation on it.
 */
template <class CompletionFunction = sim::no_completion>
class barrier {
 public:
  /** Tells the phase in which a thread arrived: for wait. */
  class arrival_token {
   public:
    arrival_token(arrival_token&& other) noexcept
        : barrier_(std::exchange(other.barrier_, sim::no_object)), phase_(other.phase_) {}
    arrival_token& operator=(arrival_token&& other) noexcept {
      barrier_ = std::exchange(other.barrier_, sim::no_object);
      phase_ = other.phase_;
      return *this;
    }
    ~arrival_token() = default;

   private:
    friend class barrier;
    arrival_token(sim::object_id of, std::uint64_t phase) noexcept : barrier_(of), phase_(phase) {}
    sim::object_id barrier_;
    std::uint64_t phase_;
  };

  // Not by a constraint, which clang 14 does not look at when it deduces the type.
  template <class Function = CompletionFunction, class = std::enable_if_t<std::is_invocable_v<Function&>>>
  explicit barrier(std::ptrdiff_t expected, CompletionFunction completion = CompletionFunction(),
                   source_location where = source_location::current())
      : barrier(expected, {}, std::move(completion), where) {}
  /** `name` is what reports call it. */
  barrier(std::ptrdiff_t expected, std::string_view name, CompletionFunction completion = CompletionFunction(),
          source_location where = source_location::current())
      : state_(expected, name, where), completion_(std::move(completion)) {}
  barrier(const barrier&) = delete;
  barrier& operator=(const barrier&) = delete;

  [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return std::numeric_limits<std::ptrdiff_t>::max(); }

  [[nodiscard]] arrival_token arrive(std::ptrdiff_t update = 1, source_location where = source_location::current()) {
    return arrive_as(sim::operation_kind::arrive, update, where);
  }
  /** Blocks until the token's phase is over. */
  void wait(arrival_token&& token, source_location where = source_location::current()) const {
    state_.here().wait(std::exchange(token.barrier_, sim::no_object), token.phase_, where);
  }
  /** arrive, then wait: two operations. */
  void arrive_and_wait(source_location where = source_location::current()) { wait(arrive(1, where), where); }
  /** Arrives, and is not expected in later phases. */
  void arrive_and_drop(source_location where = source_location::current()) {
    static_cast<void>(arrive_as(sim::operation_kind::arrive_and_drop, 1, where));
  }

 private:
  static constexpr bool completes = !std::is_same_v<CompletionFunction, sim::no_completion>;

  arrival_token arrive_as(sim::operation_kind kind, std::ptrdiff_t update, source_location where) {
    sim::barrier_state& state = state_.here();
    const sim::object_id of = state.original();
    const auto arrived = state.arrive(kind, update, completes, where);
    if (completes && arrived.last) {
      try {
        std::invoke(completion_);
      } catch (...) {
        if (sim::simulator::current().giving_up()) throw;
        std::terminate();
      }
      if (!sim::simulator::current().giving_up()) state.complete(where);
    }
    return {of, arrived.phase};
  }

  sim::per_process<sim::barrier_state> state_;
  CompletionFunction completion_;
};

}  // namespace heddle
