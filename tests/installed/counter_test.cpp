// A user's test with GoogleTest, just as the documentation shows it. Built by installed_library_test.sh, too.
// clang-format off
#include <heddle/gtest.hpp>
#include <heddle/heddle.hpp>
HEDDLE_EXPLORE(Counter, KeepsUpdates) {
  heddle::atomic<int> x{0, "x"};
  auto increment = [&] { int v = x.load(); x.store(v + 1); };
  heddle::thread a("a", increment), b("b", increment);
  a.join(); b.join();
  EXPECT_EQ(x.load(), 2);
}
