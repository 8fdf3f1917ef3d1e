// A record of two fields with a lock for several readers or one writer: readers find both fields equal.
#include <mutex>
#include <shared_mutex>
#include <utility>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

// ---- the objects under test

class reader_writer_lock {
 public:
  void lock() {
    std::unique_lock guard(mutex_);
    while (writing_ || readers_ > 0) changed_.wait(guard);
    writing_ = true;
  }
  void unlock() {
    const std::lock_guard guard(mutex_);
    writing_ = false;
    changed_.notify_all();
  }
  void lock_shared() {
    std::unique_lock guard(mutex_);
    while (writing_) changed_.wait(guard);
    ++readers_;
  }
  void unlock_shared() {
    const std::lock_guard guard(mutex_);
    --readers_;
    if (readers_ == 0) changed_.notify_all();
  }

 protected:
  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable changed_{"changed"};
  heddle::shared<bool> writing_{false, "writing"};
  heddle::shared<int> readers_{0, "readers"};
};

class count_outside_the_lock : public reader_writer_lock {
 public:
  void unlock_shared() {
    --readers_;  // MISTAKE: the readers' count needs the mutex, too
    const std::lock_guard guard(mutex_);
    changed_.notify_all();
  }
};

class no_wait_for_readers : public reader_writer_lock {
 public:
  void lock() {
    std::unique_lock guard(mutex_);
    while (writing_) changed_.wait(guard);  // MISTAKE: half of the predicate is forgotten: somebody may still read
    writing_ = true;
  }
};

template <class Lock>
class record {
 public:
  void write(int value) {
    const std::lock_guard guard(lock_);
    first_ = value;
    second_ = value;
  }
  std::pair<int, int> read() {
    const std::shared_lock guard(lock_);
    return {first_, second_};
  }

 protected:
  Lock lock_;
  heddle::shared<int> first_{0, "first"};
  heddle::shared<int> second_{0, "second"};
};

class lock_let_go_too_early_record : public record<reader_writer_lock> {
 public:
  void write(int value) {
    {
      const std::lock_guard guard(lock_);
      first_ = value;
    }  // MISTAKE: the second field is written without the lock
    second_ = value;
  }
};

// ---- what they promise

template <class Record>
auto record_property(std::string name) {
  object_property<Record, int> property(std::move(name));
  property.operation(
      "write", [](Record& record, int value) { record.write(value); },  //
      [](int& model, int value) { model = value; }, rc::gen::inRange(1, 4));
  property.operation(
      "read", [](Record& record) { return record.read(); },  //
      [](int& model) { return std::pair(model, model); });
  property.with({.threads = 3, .per_thread = 2, .before = 0, .after = 1});
  return property;
}

}  // namespace

std::vector<property_suite> reader_writer_records() {
  return {
      record_property<record<reader_writer_lock>>("reader-writer")
          .suite("A record with a lock for readers and writers, made of a mutex and a condition variable.",
                 {"property", "correct", "mutex", "condition-variable"}, holds),
      record_property<lock_let_go_too_early_record>("reader-writer-broken-lock-let-go-too-early")
          .suite("A record whose writer lets the lock go after the first of two fields.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::data_race)),
      record_property<record<no_wait_for_readers>>("reader-writer-broken-forgotten-predicate")
          .suite("A lock for readers and writers whose writers forget to wait for readers.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::data_race)),
      record_property<record<count_outside_the_lock>>("reader-writer-broken-count-outside-the-lock")
          .suite("A lock for readers and writers that counts its readers down outside its mutex.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::data_race)),
  };
}

}  // namespace heddle::scenarios
