// Which threads a program waits for, as in Python: all of them but the daemons.
#include <chrono>
#include <memory>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

using std::chrono::seconds;

void beat_until_cut_off(const arguments& /*args*/) {
  const auto beats = std::make_shared<atomic<int>>(0, "beats");  // the daemon may still use it when main is gone

  heddle::daemon_thread heart("heart", [beats] {
    for (;;) {
      this_thread::sleep_for(seconds(1));
      beats->fetch_add(1);
    }
  });

  this_thread::sleep_for(seconds(3));
  if (beats->load() > 0) heddle::reachable("the daemon ran beside main");
  // Here the program ends, although the daemon would go on for ever.
}

void outlive_main(const arguments& /*args*/) {
  const auto main_has_ended = std::make_shared<atomic<bool>>(false, "main_has_ended");

  heddle::thread worker("worker", [main_has_ended] {
    this_thread::sleep_for(seconds(3));
    heddle::reachable("the worker came to its end");
    if (main_has_ended->load()) heddle::reachable("main had ended before");
  });
  worker.detach();

  main_has_ended->store(true);
}

}  // namespace

scenario daemon_threads() {
  return {
      .name = "daemon-threads",
      .summary = "A daemon beats for ever; the program ends with its main thread, and the daemon is cut off.",
      .tags = {"daemon", "time", "atomic", "tutorial", "correct"},
      .expected = passes,
      .body = beat_until_cut_off,
      .expect_reached = {"the daemon ran beside main"},
  };
}

scenario non_daemon_threads() {
  return {
      .name = "non-daemon-threads",
      .summary = "Nobody joins the worker, but it is no daemon: the program waits for it when main has ended.",
      .tags = {"daemon", "time", "atomic", "tutorial", "correct"},
      .expected = passes,
      .body = outlive_main,
      .expect_reached = {"the worker came to its end", "main had ended before"},
  };
}

}  // namespace heddle::scenarios
