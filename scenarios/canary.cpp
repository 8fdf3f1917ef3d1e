// A check that never holds: a search that does not report it is broken.
#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void count_wrongly(const arguments& /*args*/) {
  heddle::atomic<int> counter(0, "counter");

  heddle::thread a("a", [&] { counter.fetch_add(1); });
  heddle::thread b("b", [&] { counter.fetch_add(1); });

  a.join();
  b.join();
  heddle::check(counter.load() == 3, "one and one is three");
}

}  // namespace

scenario canary() {
  return {
      .name = "canary",
      .summary = "Fails in every execution: proves that failures are reported.",
      .tags = {"atomic", "bug"},
      .expected = fails<failure_kind::assertion>,
      .body = count_wrongly,
  };
}

}  // namespace heddle::scenarios
