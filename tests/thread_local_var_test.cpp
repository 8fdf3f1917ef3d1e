// Variables of which each thread has its own value.
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "failing.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

/** Writes to a log when it is made and when it is destroyed; cannot be moved. */
struct logged {
  std::string* log;
  std::string name;
  logged(std::string& to, std::string text) : log(&to), name(std::move(text)) { *log += "+" + name; }
  logged(const logged&) = delete;
  logged& operator=(const logged&) = delete;
  ~logged() { *log += "-" + name; }
};

constexpr passing_case variables[] = {
    // Operations on it are none: the threads' one operation each, in 2 orders.
    {"each thread has its own, made when it is first used", 2,
     [] {
       atomic<int> turn{0};
       int made = 0;
       thread_local_var<int> own([&] { return ++made; });
       const auto work = [&] {
         const int first = *own;
         turn.fetch_add(1);
         check(*own == first && own.get() == first, "the same as before");
         *own += 10;
         check(*own == first + 10, "it can be written");
       };
       thread a(work);
       thread b(work);
       a.join();
       b.join();
       check(made == 2 && *own == 3, "main makes its own");
     }},
    {"made by default, from a value, and by a function", 1,
     [] {
       const thread_local_var<int> zero;
       const thread_local_var<std::string> text("text");
       const thread_local_var<std::unique_ptr<int>> pointer([] { return std::make_unique<int>(5); });
       *zero += 1;
       text->append("s");
       check(*zero == 1 && *text == "texts" && **pointer == 5, "made");
       thread([&] { check(*zero == 0 && *text == "text", "made again"); }).join();
     }},
    {"destroyed when the thread ends, the latest first", 1,
     [] {
       std::string log;
       thread_local_var<logged> a([&] { return logged(log, "a"); });
       thread_local_var<logged> b([&] { return logged(log, "b"); });
       thread_local_var<logged> unused([&] { return logged(log, "c"); });
       thread([&] {
         static_cast<void>(b.get());
         static_cast<void>(a.get());
         static_cast<void>(b.get());
         log += "!";
       }).join();
       check(log == "+b+a!-a-b", log);
     }},
    {"one that another one's initializer uses outlives that", 1,
     [] {
       std::string log;
       thread_local_var<logged> inner([&] { return logged(log, "i"); });
       thread_local_var<logged> outer([&] { return logged(log, inner->name + "o"); });
       thread([&] { static_cast<void>(outer.get()); }).join();
       check(log == "+i+io-io-i", log);
     }},
    {"destroyed with the variable, if that comes first", 1,
     [] {
       std::string log;
       binary_semaphore used(0);
       binary_semaphore go(0);
       std::optional<thread_local_var<logged>> v(std::in_place, [&] { return logged(log, "v"); });
       thread other([&] {
         static_cast<void>(v->get());
         used.release();
         go.acquire();
         log += "!";
       });
       used.acquire();
       v.reset();
       go.release();
       other.join();
       check(log == "+v-v!", log);
     }},
    {"made anew for what is destroyed after it", 1,
     [] {
       std::string log;
       thread_local_var<logged> v([&] { return logged(log, "v"); });
       struct uses_at_end {
         const thread_local_var<logged>& of;
         ~uses_at_end() { *of->log += of->name; }
       };
       thread_local_var<uses_at_end> last([&] { return uses_at_end{v}; });
       thread([&] {
         static_cast<void>(last.get());
         static_cast<void>(v.get());
       }).join();
       check(log == "+v-v+vv-v", log);
     }},
    // The first use of each may let the other in: between its load and the other's, in 2 orders.
    {"initializers may perform operations", 2,
     [] {
       atomic<int> made{0};
       const thread_local_var<int> own([&] { return made.fetch_add(1); });
       int sum = 0;
       thread a([&] { sum += 1 + *own; });
       thread b([&] { sum += 1 + *own; });
       a.join();
       b.join();
       check(sum == 3, "made once each");
     }},
    {"an initializer that throws is called again", 1,
     [] {
       int calls = 0;
       const thread_local_var<int> own([&] {
         if (++calls == 1) throw std::runtime_error("not yet");
         return calls;
       });
       bool caught = false;
       try {
         static_cast<void>(own.get());
       } catch (const std::runtime_error&) {
         caught = true;
       }
       check(caught && *own == 2, "called again");
     }},
};

TEST(thread_local_var, values) { expect_pass(variables); }

constexpr failing_case failures[] = {
    {failure_kind::misuse,
     "misuse by main: the initializer of a thread-local variable uses that variable (here.cpp:7).",
     [] {
       const thread_local_var<int>* self = nullptr;
       const thread_local_var<int> v([&] { return self->get(here); });
       self = &v;
       static_cast<void>(v.get());
     }},
};

TEST(misuse, of_thread_local_variables) { expect_failure(failures); }

TEST(misuse, of_a_thread_local_variable_of_an_earlier_execution) {
  std::optional<thread_local_var<int>> kept;
  ASSERT_EQ(explore([&] { *kept.emplace() = 1; }, options{}).verdict, verdict::pass);
  const result found = explore([&] { static_cast<void>(kept->get(here)); }, options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::misuse);
  EXPECT_EQ(
      found.failure->message,
      "misuse by main: a thread-local variable of an earlier execution was used: construct it inside the program, "
      "not as a static or a capture from outside (here.cpp:7).");
}

// The values of threads that are unwound are destroyed like any others.
TEST(thread_local_var, nothing_is_left_of_executions_that_are_given_up) {
  int alive = 0;
  struct counts {
    int& n;
    explicit counts(int& of) : n(of) { ++n; }
    counts(const counts&) = delete;
    counts& operator=(const counts&) = delete;
    ~counts() { --n; }
  };
  options with;
  with.keep_going = true;
  const result found = explore(
      [&] {
        thread_local_var<counts> v([&] { return counts(alive); });
        binary_semaphore s(0);
        thread a([&] {
          static_cast<void>(v.get());
          s.acquire();
        });
        thread b([&] {
          static_cast<void>(v.get());
          s.acquire();
        });
        static_cast<void>(v.get());
        s.release();
        a.join();
        b.join();
      },
      with);
  EXPECT_EQ(found.failures_by_kind.at("deadlock"), found.executions) << found;
  EXPECT_EQ(alive, 0);
}

}  // namespace
}  // namespace heddle
