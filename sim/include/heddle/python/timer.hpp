// heddle::python::timer, with the semantics of threading.Timer.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include <heddle/python/event.hpp>
#include <heddle/python/thread.hpp>

namespace heddle::python {

/** threading.Timer: a thread that calls a function so many seconds after its start, unless it is cancelled. */
class timer : public thread {
 public:
  timer(double interval, std::function<void()> function, std::string_view called = {},
        sim::source_location where = sim::source_location::current())
      : timer(std::make_shared<event>(where), interval, std::move(function), called, where) {}

  /** In vain where the function has been called, or is about to be. */
  void cancel(sim::source_location where = sim::source_location::current()) { finished_->set(where); }

 private:
  timer(std::shared_ptr<event> finished, double interval, std::function<void()> function, std::string_view called,
        sim::source_location where)
      : thread(
            [finished, interval, function = std::move(function), where] {
              static_cast<void>(finished->wait(interval, where));
              if (!finished->is_set(where)) function();
              finished->set(where);
            },
            called, false, where),
        finished_(std::move(finished)) {}

  std::shared_ptr<event> finished_;
};

}  // namespace heddle::python
