#include <heddle/sim/operation.hpp>

#include <array>
#include <utility>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/ending.hpp>
#include <heddle/sim/object.hpp>

namespace heddle::sim {
namespace {

struct operation_properties {
  operation_kind kind;
  std::string_view name;
  effect most;  // the most that it can do to its object
};

// In the order of operation_kind.
constexpr std::array<operation_properties, operation_kind_count> properties{{
    {operation_kind::start, "start", effect::none},
    {operation_kind::end, "end", effect::none},
    {operation_kind::join, "join", effect::none},
    {operation_kind::yield, "yield", effect::none},
    {operation_kind::sleep, "sleep", effect::none},
    {operation_kind::now, "now", effect::none},
    {operation_kind::lock, "lock", effect::update},
    {operation_kind::try_lock, "try_lock", effect::update},
    {operation_kind::unlock, "unlock", effect::update},
    {operation_kind::lock_shared, "lock_shared", effect::update},
    {operation_kind::try_lock_shared, "try_lock_shared", effect::update},
    {operation_kind::unlock_shared, "unlock_shared", effect::update},
    {operation_kind::wait, "wait", effect::update},
    {operation_kind::wake, "wake", effect::update},
    {operation_kind::notify_one, "notify_one", effect::update},
    {operation_kind::notify_all, "notify_all", effect::update},
    {operation_kind::acquire, "acquire", effect::update},
    {operation_kind::try_acquire, "try_acquire", effect::update},
    {operation_kind::release, "release", effect::update},
    {operation_kind::load, "load", effect::read},
    {operation_kind::store, "store", effect::write},
    {operation_kind::exchange, "exchange", effect::update},
    {operation_kind::fetch_add, "fetch_add", effect::update},
    {operation_kind::fetch_sub, "fetch_sub", effect::update},
    {operation_kind::fetch_and, "fetch_and", effect::update},
    {operation_kind::fetch_or, "fetch_or", effect::update},
    {operation_kind::fetch_xor, "fetch_xor", effect::update},
    {operation_kind::compare_exchange_weak, "compare_exchange_weak", effect::update},
    {operation_kind::compare_exchange_strong, "compare_exchange_strong", effect::update},
    {operation_kind::fence, "fence", effect::none},
    {operation_kind::read, "read", effect::read},
    {operation_kind::write, "write", effect::write},
    {operation_kind::push, "push", effect::update},
    {operation_kind::try_push, "try_push", effect::update},
    {operation_kind::pop, "pop", effect::update},
    {operation_kind::try_pop, "try_pop", effect::update},
    {operation_kind::size, "size", effect::read},
    {operation_kind::close, "close", effect::update},
    {operation_kind::count_down, "count_down", effect::update},
    {operation_kind::arrive, "arrive", effect::update},
    {operation_kind::arrive_and_drop, "arrive_and_drop", effect::update},
    {operation_kind::complete, "complete", effect::update},
    {operation_kind::await, "await", effect::read},
    {operation_kind::try_wait, "try_wait", effect::read},
    {operation_kind::enter_once, "enter_once", effect::update},
    {operation_kind::leave_once, "leave_once", effect::update},
    {operation_kind::set, "set", effect::update},
    {operation_kind::request_stop, "request_stop", effect::update},
    {operation_kind::add_callback, "add_callback", effect::update},
    {operation_kind::remove_callback, "remove_callback", effect::update},
    {operation_kind::print, "print", effect::write},
    {operation_kind::request, "request", effect::update},
    {operation_kind::random, "random", effect::none},
}};

static_assert([] {
  for (std::uint32_t i = 0; i < operation_kind_count; ++i) {
    if (properties[i].kind != static_cast<operation_kind>(i)) return false;
  }
  return true;
}());

bool touches(const operation& op, const object* what) {
  return what != nullptr && (op.target == what || op.mutex == what);
}

}  // namespace

std::string_view to_string(operation_kind kind) noexcept { return properties[static_cast<std::size_t>(kind)].name; }

effect effect_of(operation_kind kind) noexcept { return properties[static_cast<std::size_t>(kind)].most; }

bool conflicts(const operation& a, const operation& b) noexcept {
  if (!touches(a, b.target) && !touches(a, b.mutex)) return false;
  return writes(effect_of(a.kind)) || writes(effect_of(b.kind));
}

std::string_view to_string(object_kind kind) noexcept {
  switch (kind) {
    case object_kind::mutex: return "mutex";
    case object_kind::recursive_mutex: return "recursive mutex";
    case object_kind::timed_mutex: return "timed mutex";
    case object_kind::recursive_timed_mutex: return "recursive timed mutex";
    case object_kind::shared_mutex: return "shared mutex";
    case object_kind::shared_timed_mutex: return "shared timed mutex";
    case object_kind::condition_variable: return "condition variable";
    case object_kind::semaphore: return "semaphore";
    case object_kind::latch: return "latch";
    case object_kind::barrier: return "barrier";
    case object_kind::once_flag: return "once flag";
    case object_kind::atomic: return "atomic variable";
    case object_kind::shared: return "shared variable";
    case object_kind::queue: return "queue";
    case object_kind::pipe: return "pipe";
    case object_kind::future: return "future";
    case object_kind::stop_state: return "stop state";
    case object_kind::process: return "process";
    case object_kind::interpreter_lock: return "interpreter lock";
    case object_kind::variable: return "variable";
    case object_kind::event: return "event";
    case object_kind::history: return "history";
    case object_kind::console: return "output";
  }
  return "object";
}

std::string_view to_string(choice_kind kind) noexcept {
  switch (kind) {
    case choice_kind::thread: return "thread";
    case choice_kind::waiter: return "waiter";
    case choice_kind::value: return "value";
    case choice_kind::fault: return "fault";
  }
  return "choice";
}

std::string_view to_string(fault_kind kind) noexcept {
  switch (kind) {
    case fault_kind::none: return "none";
    case fault_kind::spurious_wakeup: return "spurious-wakeup";
    case fault_kind::weak_cas: return "weak-cas";
    case fault_kind::try_lock: return "try-lock";
    case fault_kind::timeout: return "timeout";
  }
  return "fault";
}

std::string_view to_string(ending_kind kind) noexcept {
  switch (kind) {
    case ending_kind::completed: return "completed";
    case ending_kind::blocked: return "blocked";
    case ending_kind::assertion: return "assertion";
    case ending_kind::uncaught_exception: return "uncaught exception";
    case ending_kind::misuse: return "misuse";
    case ending_kind::crash: return "crash";
    case ending_kind::stack_overflow: return "stack overflow";
    case ending_kind::aborted: return "abort";
    case ending_kind::exited: return "exit";
    case ending_kind::hang: return "hang";
    case ending_kind::event_limit: return "event limit";
    case ending_kind::discarded: return "discarded";
    case ending_kind::stopped: return "stopped";
    case ending_kind::mismatch: return "mismatch";
  }
  return "ending";
}

}  // namespace heddle::sim
