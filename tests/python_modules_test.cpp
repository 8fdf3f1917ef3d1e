// The modules that Python's programs import: what small programs print, in turns and however their threads are
// interleaved, and how they can end.
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "python_outcomes.hpp"

namespace heddle::test {
namespace {

class python_modules : public with_python {};

struct row {
  std::string_view why;
  std::string_view source;
  std::string_view output;
};

void expect_outputs(const std::vector<row>& table) {
  for (const row& each : table) {
    const outcome found = in_turns(each.source);
    EXPECT_EQ("\n" + found.text(), each.output) << each.why << found.errors;
  }
}

// The outputs of CPython 3.11.
TEST_F(python_modules, locks_do_what_they_do_in_python) {
  expect_outputs({
      {"a Lock that is held is not taken again; its errors", R"(
import threading
lock = threading.Lock()
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.1), lock.locked())
lock.release()
for call in (lock.release, lambda: lock.acquire(timeout=-2), lambda: lock.acquire(False, 1)):
    try:
        call()
    except (RuntimeError, ValueError) as e:
        print(e)
)",
       R"(
True False False True
release unlocked lock
timeout value must be positive
can't specify a timeout for a non-blocking call
)"},
      {"an RLock is taken again by its thread", R"(
import threading
r = threading.RLock()
with r:
    with r:
        print('twice')
try:
    r.release()
except RuntimeError as e:
    print(e)
)",
       "\ntwice\ncannot release un-acquired lock\n"},
      {"semaphores count, and bounded ones know their limit", R"(
import threading
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01))
b = threading.BoundedSemaphore(1)
for call in (b.release, lambda: s.release(0), lambda: threading.Semaphore(-1), lambda: s.acquire(False, 1)):
    try:
        call()
    except ValueError as e:
        print(e)
)",
       R"(
True True False False
Semaphore released too many times
n must be one or more
semaphore initial value must be >= 0
can't specify timeout for non-blocking acquire
)"},
      {"an event is waited for in vain only where time is up", R"(
import threading
e = threading.Event()
print(e.is_set(), e.wait(0.01), e.set(), e.wait(), e.clear(), e.is_set())
)",
       "\nFalse False None True None False\n"},
      {"a condition needs its lock; a wait may end without a notification", R"(
import threading
for lock in (None, threading.Lock()):
    c = threading.Condition(lock)
    for call in (c.wait, c.notify):
        try:
            call()
        except RuntimeError as e:
            print(e)
    with c:
        print(c.wait(0.01), c.wait_for(lambda: 7), c.notify_all())
)",
       R"(
cannot wait on un-acquired lock
cannot notify on un-acquired lock
False 7 None
cannot wait on un-acquired lock
cannot notify on un-acquired lock
False 7 None
)"},
      {"a barrier lets all go on, and breaks when time is up", R"(
import threading
b = threading.Barrier(3, action=lambda: print('all'))
seen = []
def f():
    seen.append(b.wait())
    b.wait()
t = [threading.Thread(target=f) for _ in range(2)]
for x in t: x.start()
f()
for x in t: x.join()
print(sorted(seen), b.parties, b.n_waiting, b.broken)
try:
    b.wait(0.01)
except threading.BrokenBarrierError:
    print(b.broken, b.reset(), b.broken)
)",
       "\nall\nall\n[0, 1, 2] 3 0 False\nTrue None False\n"},
      {"a timer calls its function unless it is cancelled; each thread sees attributes of its own", R"(
import threading
t = threading.Timer(0.05, print, args=('fired',), kwargs={'end': '!\n'})
t.start()
u = threading.Timer(0.01, print, ['never'])
u.start()
u.cancel()
t.join()
mine = threading.local()
mine.x = 1
def f():
    print(hasattr(mine, 'x'))
    mine.x = 2
th = threading.Thread(target=f)
th.start()
th.join()
print(mine.x)
)",
       "\nfired!\nFalse\n1\n"},
  });
}

TEST_F(python_modules, queues_do_what_they_do_in_python) {
  expect_outputs({
      {"a full queue and an empty one; tasks", R"(
import queue
q = queue.Queue(2)
q.put(1)
q.put('two')
print(q.full(), q.qsize(), q.maxsize)
try:
    q.put(3, timeout=0.01)
except queue.Full as e:
    print('full', repr(e))
print(q.get(), q.get(), q.empty())
try:
    q.get_nowait()
except queue.Empty:
    print('empty')
q.task_done()
q.task_done()
q.join()
for call in (q.task_done, lambda: q.get(timeout=-1)):
    try:
        call()
    except ValueError as e:
        print(e)
)",
       R"(
True 2 2
full Full()
1 two True
empty
task_done() called too many times
'timeout' must be a non-negative number
)"},
      {"the orders: of values that compare as equal, that of heapq", R"(
import queue
class Job:
    def __init__(self, n, name): self.n = n; self.name = name
    def __lt__(self, other): return self.n < other.n
last = queue.LifoQueue()
least = queue.PriorityQueue()
jobs = queue.PriorityQueue()
for n, name in [(2, 'x'), (1, 'y'), (2, 'z'), (1, 'w'), (0, 'v'), (2, 'u'), (1, 't')]:
    last.put(n)
    least.put((n, name))
    jobs.put(Job(n, name))
print([last.get() for _ in range(7)])
print([least.get()[1] for _ in range(7)])
print([jobs.get().name for _ in range(7)])
least.put(1)
try:
    least.put('a')
except TypeError as e:
    print(e)
)",
       R"(
[1, 2, 0, 1, 2, 1, 2]
['v', 't', 'w', 'y', 'u', 'x', 'z']
['v', 't', 'y', 'w', 'u', 'x', 'z']
'<' not supported between instances of 'str' and 'int'
)"},
  });
}

TEST_F(python_modules, time_is_virtual_and_begins_with_the_tutorial) {
  expect_outputs({
      {"the default moment, and what sleep adds to it", R"(
import time
print(time.strftime('%Y-%m-%d %H:%M:%S'))
before = time.time()
time.sleep(3600)
print(time.strftime('%T'), 3600 <= time.time() - before < 3600.001)
)",
       "\n2021-01-31 14:36:22\n15:36:22 True\n"},
      {"all of a date, as the C locale has it", R"(
import time
t = time.gmtime(1612103782)
print(t)
print(t.tm_year, t[1], list(t)[:3], len(t), t == time.gmtime(1612103782))
print(time.strftime('%F %j %y %a %A %b %B %p %I %c %x %X %D %R %% %U %W %u %w %e', t))
print(time.mktime((2021, 1, 31, 14, 36, 22, 0, 0, 0)))
)",
       R"(
time.struct_time(tm_year=2021, tm_mon=1, tm_mday=31, tm_hour=14, tm_min=36, tm_sec=22, tm_wday=6, tm_yday=31, tm_isdst=0)
2021 1 [2021, 1, 31] 9 True
2021-01-31 031 21 Sun Sunday Jan January PM 02 Sun Jan 31 14:36:22 2021 01/31/21 14:36:22 01/31/21 14:36 % 05 04 7 0 31
1612103782.0
)"},
  });
}

TEST_F(python_modules, processes_share_what_is_made_for_it_and_nothing_else) {
  expect_outputs({
      {"a child has a copy of all objects; what goes through a queue is copied, and is of the same class", R"(
import multiprocessing as mp
import threading
class P:
    def __init__(self, x): self.x = x
count = [0]
def child(q, n):
    count[0] += n
    q.put((mp.current_process().name, threading.current_thread().name, count[0], P(n)))
q = mp.Queue()
for n in (1, 2):
    p = mp.Process(target=child, args=(q, n))
    p.start()
    p.join()
    name, thread, seen, made = q.get()
    print(name, thread, seen, isinstance(made, P), made.x, count, p.exitcode)
)",
       "\nProcess-1 MainThread 1 True 1 [0] 0\nProcess-2 MainThread 2 True 2 [0] 0\n"},
      {"exit codes, pipes, and daemons that are cut off", R"(
import multiprocessing as mp
import sys
def leave(): sys.exit(3)
def echo(end): end.send(end.recv() * 2)
p = mp.Process(target=leave, name='leaver')
print(p.exitcode, p.is_alive())
p.start()
p.join()
print(p.name, p.exitcode)
here, there = mp.Pipe()
p = mp.Process(target=echo, args=(there,))
p.start()
here.send([1, 'x'])
print(here.recv())
event = mp.Event()
d = mp.Process(target=event.wait, daemon=True)
d.start()
d.join(0.01)
print(d.is_alive(), d.exitcode)
)",
       "\nNone False\nleaver 3\n[1, 'x', 1, 'x']\nTrue None\n"},
  });
  const outcome failed = in_turns(R"(
import multiprocessing
def bad(): raise ValueError('no')
p = multiprocessing.Process(target=bad)
p.start()
p.join()
print(p.exitcode)
)");
  EXPECT_EQ(failed.output, "1\n");
  EXPECT_EQ(failed.ended, sim::ending_kind::uncaught_exception);
  EXPECT_EQ(failed.errors,
            "Process Process-1:\nTraceback (most recent call last):\n  File \"p.py\", line 3, in bad\n"
            "    def bad(): raise ValueError('no')\nValueError: no\n");
}

TEST_F(python_modules, sys_tells_the_policy_what_it_can_and_refuses_the_rest) {
  constexpr std::string_view source = R"(
import sys
for call in (lambda: sys.setcheckinterval(7), sys.getcheckinterval, lambda: sys.setswitchinterval(0.25),
             sys.getswitchinterval):
    try:
        print(call())
    except RuntimeError as e:
        print('refused')
sys.exit('bye')
)";
  const outcome by_bytecodes = in_turns(source);
  EXPECT_EQ(by_bytecodes.output, "None\n7\nrefused\nrefused\n");
  EXPECT_EQ(by_bytecodes.errors, "bye\n") << "the argument of sys.exit";
  EXPECT_EQ(by_bytecodes.ended, sim::ending_kind::uncaught_exception) << "python3's exit code would be 1";
  EXPECT_EQ(in_turns(source, std::make_shared<python::switch_interval>()).output, "refused\nrefused\nNone\n0.25\n");
  EXPECT_EQ(in_turns(source, std::make_shared<python::free_threaded>()).output, "refused\nrefused\nrefused\nrefused\n");
}

TEST_F(python_modules, objects_are_called_what_the_variables_are_that_they_are_stored_in) {
  const outcome found = in_turns(R"(
import queue, threading
lock_a = threading.Lock()
class Account:
    def __init__(self):
        self.guard = threading.RLock()
def f():
    jobs = queue.Queue()
    a = b = threading.Event()
    unnamed = [threading.Semaphore()]
    return jobs
Account()
f()
)");
  for (const std::string name : {"lock_a", "guard", "jobs", "a"}) EXPECT_TRUE(found.objects.contains(name)) << name;
  EXPECT_FALSE(found.objects.contains("unnamed")) << "it is the list that is stored there";
}

struct ways {
  std::string_view why;
  std::string_view source;
  std::set<std::string> outcomes;
};

TEST_F(python_modules, all_ways_to_end_are_found) {
  const std::vector<ways> table = {
      {"locks taken in different orders, with time to be handed over in between",
       R"(
import threading, time
lock_a, lock_b = threading.Lock(), threading.Lock()
def f(first, second):
    with first:
        time.sleep(1)
        with second:
            pass
t = threading.Thread(target=f, args=(lock_a, lock_b))
t.start()
f(lock_b, lock_a)
)",
       {"", "-- blocked"}},
      {"a notification that comes before the wait is lost",
       R"(
import threading
cv = threading.Condition()
def wait():
    with cv:
        cv.wait()
t = threading.Thread(target=wait)
t.start()
print('started')
with cv:
    cv.notify()
)",
       {"started\n", "started\n-- blocked"}},
      {"a wait for a predicate loses none",
       R"(
import threading
cv = threading.Condition()
ready = []
def wait():
    with cv:
        cv.wait_for(lambda: ready)
t = threading.Thread(target=wait)
t.start()
print('started')
with cv:
    ready.append(1)
    cv.notify()
)",
       {"started\n"}},
      {"a consumer that gets one more than there is",
       R"(
import queue, threading
q = queue.Queue()
def produce():
    for i in range(2):
        q.put(i)
threading.Thread(target=produce).start()
for i in range(3):
    got = q.get()
)",
       {"-- blocked"}},
      {"processes that add to a Value lose updates without its lock",
       R"(
import multiprocessing as mp
v = mp.Value('i', 0)
def add():
    v.value += 1
p = mp.Process(target=add)
p.start()
v.value += 1
p.join()
print(v.value)
)",
       {"1\n", "2\n"}},
      {"and none with it",
       R"(
import multiprocessing as mp
v = mp.Value('i', 0)
def add():
    with v.get_lock():
        v.value += 1
p = mp.Process(target=add)
p.start()
add()
p.join()
print(v.value)
)",
       {"2\n"}},
      {"a lock that is held when a process is started is held in it for ever",
       R"(
import multiprocessing as mp
import threading
lock = threading.Lock()
def use():
    with lock:
        pass
with lock:
    p = mp.Process(target=use)
    p.start()
)",
       {"-- blocked"}},
  };
  for (const ways& each : table) EXPECT_EQ(all_outcomes(each.source), each.outcomes) << each.why;
}

TEST_F(python_modules, a_wait_on_an_empty_queue_names_the_queue) {
  const outcome found = in_turns("import queue\nq = queue.Queue()\nq.get()\n");
  EXPECT_EQ(found.ended, sim::ending_kind::blocked);
  EXPECT_EQ(found.waits, "pop q");
}

}  // namespace
}  // namespace heddle::test
