// Three stages with pipes between them; the one in the middle is a process of its own.
#include <optional>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void square_in_a_pipeline(const arguments& args) {
  const auto items = static_cast<int>(args["items"]);
  heddle::pipe<int> numbers(1, "numbers");
  heddle::pipe<int> squares(1, "squares");

  heddle::thread source("source", [&] {
    for (int i = 1; i <= items; ++i) numbers.send(i);
    numbers.close();
  });
  heddle::process squarer("squarer", [&] {
    int handled = 0;
    while (const std::optional<int> number = numbers.receive()) {
      squares.send(*number * *number);
      ++handled;
    }
    squares.close();
    return handled;
  });

  int last = 0;
  int received = 0;
  while (const std::optional<int> square = squares.receive()) {
    ++received;
    heddle::check(*square == received * received && *square > last, "the order is kept");
    last = *square;
  }
  source.join();
  heddle::check(squarer.wait() == items, "nothing is lost on the way");
  heddle::check(received == items, "nothing is lost on the way");
}

}  // namespace

scenario pipeline() {
  return {
      .name = "pipeline",
      .summary = "Numbers go through a pipe to a process that squares them, and through another one back.",
      .tags = {"pipe", "process", "correct"},
      .parameters = {{.name = "items", .summary = "numbers that go through", .standard = 2, .least = 0, .most = 4}},
      .expected = passes,
      .body = square_in_a_pipeline,
  };
}

}  // namespace heddle::scenarios
