// A user's scenario with the objects of Python's modules, just as docs/python.md shows it: a consumer that never
// counts. Built by installed_library_test.sh.
// clang-format off
#line 1 // as the reader has it
#include <heddle/heddle.hpp>
#include <heddle/python/queue.hpp>
#include <heddle/python/thread.hpp>

int main() {
  const heddle::result came = heddle::explore([] {
    heddle::python::queue<int> goods(0, "goods");
    heddle::python::thread producer([&] { for (int i = 0; i < 2; ++i) goods.put(i); }, "producer");
    heddle::python::thread consumer([&] { for (;;) goods.get(); }, "consumer");
    producer.start();
    consumer.start();
    producer.join();
    consumer.join();
  });
  std::cout << came;
  return came.exit_code();
}
