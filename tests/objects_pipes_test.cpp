// What pipes do, in all interleavings, between threads and between processes.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <heddle/pipe.hpp>

#include "outcomes.hpp"

namespace heddle {
namespace {

constexpr source_location here{"here.cpp", 7};

// As heddle::process does.
template <class Function>
void start_process(Function function) {
  using task = sim::task<Function>;
  task local{{std::move(function)}};
  sim::simulator::current().start(task::type, &local, "child", here, sim::start_as::process);
}

// All that comes out of it.
std::string drain(pipe<int>& p) {
  std::string all;
  while (const std::optional<int> message = p.receive()) all += std::to_string(*message);
  return all + ".";
}

const outcome_case pipes[] = {
    {"first in, first out, and then the end, as often as it is asked for",
     {{"12..", 1}},
     [] {
       pipe<int> p;
       check(p.capacity() == 64, "the default");
       p.send(1);
       p.send(2);
       p.close();
       const std::string first = drain(p);
       return first + drain(p);
     }},
    // Sends 1 2 and close, against receives 1 2 and end; a receive must follow its send: with room for both, 5 ways
    // (the third Catalan number).
    {"a receive waits for its message, and the last one for the end",
     {{"12.", 5}},
     [] {
       pipe<int> p;
       std::string got;
       thread reader([&] { got = drain(p); });
       p.send(1);
       p.send(2);
       p.close();
       reader.join();
       return got;
     }},
    // The second send must follow the first receive, too; the close comes before or after the second receive.
    {"a send waits for room",
     {{"12.", 2}},
     [] {
       pipe<int> p(1);
       std::string got;
       thread reader([&] { got = drain(p); });
       p.send(1);
       p.send(2);
       p.close();
       reader.join();
       return got;
     }},
    {"a close wakes all who wait",
     {{"..", 2}},
     [] {
       pipe<int> p;
       std::string first;
       std::string second;
       p.close();
       thread a([&] { first = drain(p); });
       thread b([&] { second = drain(p); });
       a.join();
       b.join();
       return first + second;
     }},
    {"nobody closes it",
     {{"deadlock", 1}},
     [] {
       pipe<int> p;
       p.send(1);
       return drain(p);
     }},
    {"nobody receives",
     {{"deadlock", 1}},
     [] {
       pipe<int> p(1);
       p.send(1);
       p.send(2);
       return drain(p);
     }},
    // The child's close comes before or after main's receive of the message.
    {"a message gets into another process, where variables do not",
     {{"7. and 1", 2}},
     [] {
       pipe<int> to_child(1);
       pipe<int> to_parent(1);
       atomic<int> x{1};
       start_process([&] {
         const std::optional<int> message = to_child.receive();
         x.store(*message);
         to_parent.send(x.load());
         to_parent.close();
       });
       to_child.send(7);
       const std::string got = drain(to_parent);
       return got + " and " + std::to_string(x.load());
     }},
    {"a value that can only be moved",
     {{"5", 1}},
     [] {
       pipe<std::unique_ptr<int>> p;
       p.send(std::make_unique<int>(5));
       const std::optional<std::unique_ptr<int>> message = p.receive();
       return std::to_string(**message);
     }},
};

TEST(pipe, in_all_interleavings) { expect_outcomes(pipes); }

const misuse_case misuses[] = {
    {"main: send to pipe p, which is closed (here.cpp:7).",
     [] {
       pipe<int> p(1, "p");
       p.close();
       p.close();
       p.send(1, here);
     }},
    {"sender: send to pipe p, which is closed (here.cpp:7).",
     [] {
       pipe<int> p(1, "p");
       p.send(1);
       thread sender("sender", [&] { p.send(2, here); });
       p.close();
       sender.join();
     }},
    {"main: a pipe's capacity of 0: nothing could ever be sent (here.cpp:7).", [] { const pipe<int> p(0, here); }},
};

TEST(pipe, misuses) { expect_misuses(misuses); }

}  // namespace
}  // namespace heddle
