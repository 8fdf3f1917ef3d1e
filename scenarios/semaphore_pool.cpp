// A pool of resources that a semaphore hands out.
#include <cstdint>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void use_the_pool(const arguments& args) {
  const std::int64_t resources = args["resources"];
  heddle::counting_semaphore<> available(resources, "available");
  heddle::atomic<int> in_use(0, "in use");

  std::vector<heddle::thread> users;
  for (std::int64_t i = 0; i < args["users"]; ++i) {
    users.push_back(heddle::thread(numbered("user", i), [&] {
      available.acquire();
      heddle::check(in_use.fetch_add(1) < resources, "no more resources are in use than there are");
      in_use.fetch_sub(1);
      available.release();
    }));
  }
  for (heddle::thread& user : users) user.join();
  heddle::check(in_use.load() == 0, "every resource is given back");
}

}  // namespace

scenario semaphore_pool() {
  return {
      .name = "semaphore-pool",
      .summary = "A semaphore lets no more users into a pool than it has resources.",
      .tags = {"semaphore", "atomic", "classic", "correct"},
      .parameters =
          {{.name = "users", .summary = "how many threads use the pool", .standard = 3, .least = 1, .most = 8},
           {.name = "resources",
            .summary = "how many of them may use it at once",
            .standard = 2,
            .least = 1,
            .most = 8}},
      .expected = passes,
      .body = use_the_pool,
  };
}

}  // namespace heddle::scenarios
