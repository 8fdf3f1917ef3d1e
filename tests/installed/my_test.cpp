// A user's test, just as the documentation shows it: one update gets lost. Built by installed_library_test.sh.
// clang-format off
#include <heddle/heddle.hpp>
int main() {
  auto result = heddle::explore([] {
    heddle::atomic<int> x{0};
    auto increment = [&] { int v = x.load(); x.store(v + 1); };
    heddle::thread a(increment), b(increment);
    a.join(); b.join();
    heddle::check(x.load() == 2, "no update is lost");
  });
  std::cout << result;                     // the report
  return result.exit_code();
}
