#include "python/modules/queue_object.hpp"

#include <utility>

#include "python/modules/lock_object.hpp"
#include "python/modules/thread_object.hpp"
#include "python/pickling.hpp"
#include "python/shared_variable.hpp"

namespace heddle::python {

using sim::effect;
using sim::operation_kind;

void queue_object::visit(const visitor& see) {
  instance_object::visit(see);
  for (value& each : items) see(each);
  for (value& each : heap) see(each);
}

heap_object* queue_object::copy(interpreter& to) const {
  if (between_processes) return nullptr;
  auto* const made = new queue_object(*class_, gives, false);
  to.own(*made);
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  made->called = called;
  made->maxsize = maxsize;
  made->items = items;
  made->heap = heap;
  if (state != nullptr) {
    made->make_state({});
    made->state->size = state->size;
    made->state->tasks = state->tasks;
  }
  return made;
}

namespace {

// ---- a heap in the order of the module heapq, which decides between values that compare as equal

// Values are swapped, so that none is lost if a comparison raises.
void sift_down(thread_state& by, std::vector<value>& heap, std::size_t place) {
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (!less(by, heap[place], heap[parent])) return;
    std::swap(heap[place], heap[parent]);
    place = parent;
  }
}

void sift_up(thread_state& by, std::vector<value>& heap) {
  std::size_t place = 0;
  for (std::size_t child = 1; child < heap.size(); child = 2 * place + 1) {
    const std::size_t right = child + 1;
    if (right < heap.size() && !less(by, heap[child], heap[right])) child = right;
    std::swap(heap[place], heap[child]);
    place = child;
  }
  sift_down(by, heap, place);
}

// What has been put goes to the heap.
void put_in_order(thread_state& by, queue_object& self) {
  while (!self.items.empty()) {
    self.heap.push_back(self.items.front());
    self.items.pop_front();
    sift_down(by, self.heap, self.heap.size() - 1);
  }
}

value least(thread_state& by, queue_object& self) {
  put_in_order(by, self);
  std::vector<value>& heap = self.heap;
  const value last = heap.back();
  heap.pop_back();
  if (heap.empty()) return last;
  const value found = std::exchange(heap[0], last);
  sift_up(by, heap);
  return found;
}

template <class Call>
value with_order(thread_state& by, queue_object& self, Call&& call) {
  if (self.ordering == nullptr) return call();
  take(by, self.ordering->state(), {});
  raised thrown{};
  try {
    const value result = call();
    let_go(by, self.ordering->state());
    return result;
  } catch (const raised& exception) {
    thrown = exception;
  }
  let_go(by, self.ordering->state());
  throw thrown;
}

// Whether the order of values is told by the interpreter itself, in one go.
bool compares_itself(value what) {
  if (!what.is_object()) return true;
  if (const tuple_object* const several = as_tuple(what)) {
    for (const value each : several->items) {
      if (each.is_object() && as_string(each) == nullptr) return false;
    }
    return true;
  }
  return as_string(what) != nullptr;
}

// ---- operations on the state, with which values move

bool add(thread_state& by, queue_object& self, value what, operation_kind kind, std::uint64_t deadline,
         source_location at) {
  sim::simulator& execution = self.state->begin(kind, deadline, at);
  queue_state& state = *self.state;
  if (state.size >= state.bound || execution.times_out_early()) {
    execution.performed(effect::read, false);
    return false;
  }
  self.items.push_back(what);
  ++state.size;
  ++state.tasks;
  execution.performed(effect::update, true, [&] { return sim::event_values{{}, shown_value(by, what)}; });
  return true;
}

bool remove(thread_state& by, queue_object& self, operation_kind kind, std::uint64_t deadline, source_location at,
            value& taken) {
  sim::simulator& execution = self.state->begin(kind, deadline, at);
  queue_state& state = *self.state;
  if (state.size == 0 || execution.times_out_early()) {
    execution.performed(effect::read, false);
    return false;
  }
  switch (self.gives) {
    case queue_object::order::oldest_first:
      taken = self.items.front();
      self.items.pop_front();
      break;
    case queue_object::order::newest_first:
      taken = self.items.back();
      self.items.pop_back();
      break;
    case queue_object::order::least_first: break;  // a right to one of them
  }
  --state.size;
  execution.performed(effect::update, true, [&] {
    return sim::event_values{taken.defined() ? shown_value(by, taken) : std::string(), {}};
  });
  return true;
}

}  // namespace

bool put_into(thread_state& by, queue_object& self, value what, const patience& how) {
  must_be_initialized(by, self.state != nullptr, self);
  if (self.between_processes) {
    what = pickled(by, what, program_of(by.process));
  } else {
    share(what);
  }
  const source_location at = by.where();
  if (self.gives == queue_object::order::least_first && self.ordering == nullptr && !compares_itself(what)) {
    self.ordering = std::make_unique<lock>(self.called + "'s order", at);
  }
  const bool done = attempt_or_wait(
      by, how, [&] { return add(by, self, what, operation_kind::try_push, sim::no_deadline, at); },
      [&](std::uint64_t deadline) { return add(by, self, what, operation_kind::push, deadline, at); });
  if (done && self.gives == queue_object::order::least_first) {
    with_order(by, self, [&] {
      put_in_order(by, self);
      return value::none();
    });
  }
  return done;
}

value get_from(thread_state& by, queue_object& self, const patience& how) {
  must_be_initialized(by, self.state != nullptr, self);
  const source_location at = by.where();
  value taken;
  const bool done = attempt_or_wait(
      by, how, [&] { return remove(by, self, operation_kind::try_pop, sim::no_deadline, at, taken); },
      [&](std::uint64_t deadline) { return remove(by, self, operation_kind::pop, deadline, at, taken); });
  if (!done) return {};
  if (self.gives == queue_object::order::least_first) {
    return with_order(by, self, [&] { return least(by, self); });
  }
  return self.between_processes ? pickled(by, taken, by.process) : taken;
}

const class_object& empty_class() {
  static const class_object& made = make_exception_class("Empty", exceptions::Exception(), "_queue");
  return made;
}

const class_object& full_class() {
  static const class_object& made = make_exception_class("Full", exceptions::Exception(), "queue");
  return made;
}

}  // namespace heddle::python
