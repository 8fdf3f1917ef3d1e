// heddle::once_flag and heddle::call_once, with the semantics of their std namesakes.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

class once_flag;

namespace sim {

/** Whether the function has been called, and who is calling it. */
class once_state final : public object {
 public:
  once_state(std::string_view name, source_location where) : object(object_kind::once_flag, name, where) {}
  ~once_state() override {
    if (inside_ != no_thread) [[unlikely]]
      destroyed_while_inside();
  }

  /** Waits while another thread calls the function. Whether it is now up to the running thread to do so. */
  [[nodiscard]] bool enter(source_location where);
  /** The running thread is back from the function, which has returned or thrown. Not in an execution that is given up.
   */
  void leave(bool returned, source_location where);

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<once_state>(*this); }

 private:
  void destroyed_while_inside() const;

  thread_id inside_ = no_thread;
  bool done_ = false;
};

template <class Call>
void call_once(once_flag& flag, source_location where, Call&& call);

}  // namespace sim

/** A flag for call_once ([thread.once.onceflag]). A misuse: its destruction while a thread is in call_once with it. */
class once_flag {
 public:
  once_flag(source_location where = source_location::current())  // NOLINT: as in std
      : once_flag({}, where) {}
  /** `name` is what reports call it. */
  explicit once_flag(std::string_view name, source_location where = source_location::current()) : state_(name, where) {}
  once_flag(const once_flag&) = delete;
  once_flag& operator=(const once_flag&) = delete;

 private:
  template <class Call>
  friend void sim::call_once(once_flag& flag, source_location where, Call&& call);

  sim::per_process<sim::once_state> state_;
};

namespace sim {

template <class Call>
void call_once(once_flag& flag, source_location where, Call&& call) {
  once_state& state = flag.state_.here();
  if (!state.enter(where)) return;
  try {
    std::forward<Call>(call)();
  } catch (...) {
    if (!simulator::current().giving_up()) state.leave(false, where);
    throw;
  }
  if (!simulator::current().giving_up()) state.leave(true, where);  // or it may not be there any more
}

}  // namespace sim

/**
 * Calls `function`, unless a call by this flag has returned before ([thread.once.callonce]). While another thread is in
 * its call, this one waits; if that throws, the next one calls. A call_once by the same flag from within the function
 * is a deadlock of one thread.
 *
 * Entering is an operation; leaving is an event, but no point of choice, since all that it does is to let others in.
 */
template <class Function>
requires std::invocable<Function>
void call_once(once_flag& flag, Function&& function, source_location where = source_location::current()) {
  sim::call_once(flag, where, [&] { std::invoke(std::forward<Function>(function)); });
}
/** With arguments, which are handed on as they are. The place in the source comes from debug information. */
template <class Function, class Arg, class... Args>
requires std::invocable<Function, Arg, Args...>
void call_once(once_flag& flag, Function&& function, Arg&& arg, Args&&... args) {
  sim::call_once(flag, {}, [&] {
    std::invoke(std::forward<Function>(function), std::forward<Arg>(arg), std::forward<Args>(args)...);
  });
}

}  // namespace heddle
