// A decision that is out of date by the time it is acted upon, although every access is locked.
#include <mutex>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** A bank account, with no data race but with a mistake. */
class account {
 public:
  explicit account(int balance) : balance_(balance, "balance") {}

  void withdraw(int amount) {
    if (balance() < amount) return;
    const std::lock_guard guard(mutex_);  // the lock was free in between: `amount` may no longer be there
    balance_ -= amount;
  }

  [[nodiscard]] int balance() {
    const std::lock_guard guard(mutex_);
    return balance_;
  }

 private:
  heddle::mutex mutex_{"mutex"};
  heddle::shared<int> balance_;
};

void withdraw_twice(const arguments& /*args*/) {
  account savings(100);

  heddle::thread a("a", [&] { savings.withdraw(60); });
  heddle::thread b("b", [&] { savings.withdraw(60); });

  a.join();
  b.join();
  heddle::check(savings.balance() >= 0, "the account is not overdrawn");
}

}  // namespace

scenario check_then_act() {
  return {
      .name = "check-then-act",
      .summary = "Two threads look at a balance and then withdraw; the lock is released in between.",
      .tags = {"mutex", "classic", "bug"},
      .expected = fails<failure_kind::assertion>,
      .body = withdraw_twice,
  };
}

}  // namespace heddle::scenarios
