"""Condition: wait and wait_for with time limits, a lock of one's own, and misuse without the lock."""
import threading
import time

lock = threading.RLock()
condition = threading.Condition(lock)
for misuse in (condition.wait, condition.notify, condition.notify_all):
    try:
        misuse()
    except RuntimeError as error:
        print(error)
with condition:
    began = time.monotonic()
    print(condition.wait(0.1), condition.wait_for(lambda: False, timeout=0.1), condition.wait_for(lambda: 'at once', 1))
    print(round(time.monotonic() - began, 1))
ready = []


def make_ready():
    time.sleep(0.1)
    with lock:
        ready.append(1)
        condition.notify_all()


thread = threading.Thread(target=make_ready)
with condition:
    thread.start()
    print(condition.wait_for(lambda: len(ready) == 1, timeout=5), ready)
thread.join()
woken = []


def sleeper(name):
    with condition:
        condition.wait()
        woken.append(name)


sleepers = [threading.Thread(target=sleeper, args=(name,)) for name in 'abc']
for each in sleepers:
    each.start()
    time.sleep(0.02)
with condition:
    condition.notify(2)
time.sleep(0.05)
print(sorted(woken))
with condition:
    condition.notify_all()
for each in sleepers:
    each.join()
print(sorted(woken))
