// Programs of the family counts/: threads that put their words into a hash table with open addressing.
#include <array>
#include <cstddef>

#include "family.hpp"

namespace heddle::scenarios::counts {
namespace {

constexpr std::size_t slots = 128;
constexpr int words_each = 4;
constexpr int words_apart = 11;  // up to 11 threads there are no two words with the same hash

using table = std::array<heddle::atomic<int>, slots>;

/** Each thread puts its words where `put(slot, word)` says that the slot was free, looking from the word's hash on. */
template <class Put>
void fill(const arguments& args, const Put& put) {
  run(args["n"], [&](int thread) {
    for (int m = 1; m <= words_each; ++m) {
      const int word = m * words_apart + thread;
      std::size_t slot = static_cast<std::size_t>(word * 7) % slots;
      while (!put(slot, word)) slot = (slot + 1) % slots;
    }
  });
}

void indexer_cas(const arguments& args) {
  table words;
  fill(args, [&](std::size_t slot, int word) {
    int free = 0;
    return words[slot].compare_exchange_strong(free, word, relaxed);
  });
}

void indexer_mtx(const arguments& args) {
  table words;
  std::array<heddle::mutex, slots> mutexes;
  fill(args, [&](std::size_t slot, int word) {
    mutexes[slot].lock();
    const bool free = words[slot].load(relaxed) == 0;
    if (free) words[slot].store(word, relaxed);
    mutexes[slot].unlock();
    return free;
  });
}

}  // namespace

std::vector<scenario> indexers() {
  const parameter threads = number("n", "how many threads, each with four words", 12, 1);
  return {
      program("indexer_cas", "Threads put words into a hash table by compare-exchange.", {threads}, indexer_cas),
      program("indexer_mtx", "Threads put words into a hash table with a mutex for each slot.", {threads}, indexer_mtx),
  };
}

}  // namespace heddle::scenarios::counts
