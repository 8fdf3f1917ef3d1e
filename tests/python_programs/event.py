"""Event: wait, set, clear, is_set, time limits; several waiters go on together."""
import threading
import time

event = threading.Event()
passed = []


def wait(name):
    passed.append((name, event.wait()))


print(event.is_set(), event.wait(0.05), event.wait(timeout=0))
threads = [threading.Thread(target=wait, args=(name,)) for name in 'abc']
for each in threads:
    each.start()
time.sleep(0.05)
print(passed)
event.set()
for each in threads:
    each.join()
print(sorted(passed), event.is_set(), event.wait(), event.wait(1))
event.clear()
print(event.is_set(), event.wait(0.01))
done = threading.Event()
log = []


def ping():
    for i in range(3):
        event.wait()
        event.clear()
        log.append('pong %d' % i)
        done.set()


thread = threading.Thread(target=ping)
thread.start()
for i in range(3):
    log.append('ping %d' % i)
    event.set()
    done.wait()
    done.clear()
thread.join()
print(log)
