// A bank with two accounts, between which money is moved: it never gets more or less.
#include <algorithm>
#include <array>
#include <cstddef>
#include <mutex>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr std::size_t accounts = 2;
constexpr int first_balance = 2;  // of each

// ---- the objects under test

class bank {
 public:
  /** Whether there was enough. */
  bool transfer(std::size_t from, std::size_t to, int amount) {
    const std::lock_guard lower(at(std::min(from, to)).mutex);  // always in this order, or two could wait in a circle
    const std::lock_guard higher(at(std::max(from, to)).mutex);
    return move(from, to, amount);
  }
  int total() {
    const std::lock_guard first(at(0).mutex);
    const std::lock_guard second(at(1).mutex);
    return at(0).balance + at(1).balance;
  }

 protected:
  struct account {
    heddle::mutex mutex{"mutex"};
    heddle::shared<int> balance{first_balance, "balance"};
  };

  account& at(std::size_t which) { return accounts_.at(which); }
  bool move(std::size_t from, std::size_t to, int amount) {
    if (at(from).balance < amount) return false;
    at(from).balance -= amount;
    at(to).balance += amount;
    return true;
  }

  std::array<account, accounts> accounts_;
};

class lock_let_go_too_early_bank : public bank {
 public:
  bool transfer(std::size_t from, std::size_t to, int amount) {
    {
      const std::lock_guard guard(at(from).mutex);
      if (at(from).balance < amount) return false;
      at(from).balance -= amount;
    }  // MISTAKE: until the other account has it, the money is nowhere
    const std::lock_guard guard(at(to).mutex);
    at(to).balance += amount;
    return true;
  }
};

class one_account_after_another_bank : public bank {
 public:
  int total() {
    int sum = 0;
    for (account& each : accounts_) {
      const std::lock_guard guard(each.mutex);  // MISTAKE: money is moved while this is between the accounts
      sum += each.balance;
    }
    return sum;
  }
};

class locks_in_any_order_bank : public bank {
 public:
  bool transfer(std::size_t from, std::size_t to, int amount) {
    const std::lock_guard one(at(from).mutex);  // MISTAKE: who moves money the other way has the other one first
    const std::lock_guard other(at(to).mutex);
    return move(from, to, amount);
  }
};

// ---- what they promise

template <class Bank>
auto bank_property(std::string name) {
  using model = std::array<int, accounts>;
  const auto account = rc::gen::inRange<std::size_t>(0, accounts);
  object_property<Bank, model> property(std::move(name), {first_balance, first_balance});
  property
      .operation(
          "transfer",
          [](Bank& bank, std::size_t from, std::size_t to, int amount) { return bank.transfer(from, to, amount); },
          [](model& balances, std::size_t from, std::size_t to, int amount) {
            if (balances.at(from) < amount) return false;
            balances.at(from) -= amount;
            balances.at(to) += amount;
            return true;
          },
          account, account, rc::gen::inRange(1, 4))
      .when([](const model&, std::size_t from, std::size_t to, int /*amount*/) { return from != to; });
  property.operation(
      "total", [](Bank& bank) { return bank.total(); },  //
      [](model& balances) { return balances.at(0) + balances.at(1); });
  property.with({.threads = 2, .per_thread = 2, .before = 1, .after = 1});
  return property;
}

}  // namespace

std::vector<property_suite> banks() {
  return {
      bank_property<bank>("bank").suite("A bank with a mutex for each account, locked in one order.",
                                        {"property", "correct", "mutex"}, holds),
      bank_property<lock_let_go_too_early_bank>("bank-broken-lock-let-go-too-early")
          .suite("A bank that takes money from one account, lets its lock go, and only then locks the other.",
                 {"property", "bug", "mutex"}, breaks(failure_kind::not_linearizable)),
      bank_property<one_account_after_another_bank>("bank-broken-total-one-by-one")
          .suite("A bank that locks one account after another to add them up.", {"property", "bug", "mutex"},
                 breaks(failure_kind::not_linearizable)),
      bank_property<locks_in_any_order_bank>("bank-broken-locks-in-any-order")
          .suite("A bank that locks first where the money comes from: two transfers wait in a circle.",
                 {"property", "bug", "mutex", "deadlock"}, breaks(failure_kind::deadlock)),
  };
}

}  // namespace heddle::scenarios
