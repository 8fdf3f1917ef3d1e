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
  heddle::daemon_thread heart("heart", [] {
    for (;;) {
      this_thread::sleep_for(seconds(1));
      heddle::print("beat\n");
      heddle::reachable("the daemon ran beside main");
    }
  });

  this_thread::sleep_for(seconds(3));
  heddle::print("main ends\n");
  // So does the program, although the daemon would go on for ever.
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
      .tags = {"daemon", "time", "tutorial", "correct"},
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
