"""Queue: Full and Empty without waiting and with time limits; qsize, full, empty; wrong limits."""
import queue
import threading
import time

q = queue.Queue(2)
q.put('a')
print(q.qsize(), q.full(), q.empty(), q.maxsize)
q.put_nowait('b')
began = time.monotonic()
for put in (lambda: q.put('c', block=False), lambda: q.put_nowait('c'), lambda: q.put('c', timeout=0.1), lambda: q.put('c', False, 9)):
    try:
        put()
    except queue.Full as error:
        print(type(error).__name__, q.full(), round(time.monotonic() - began, 1))
print(q.get(), q.get(timeout=1))
for get in (lambda: q.get(block=False), lambda: q.get_nowait(), lambda: q.get(timeout=0.1), lambda: q.get(True, 0)):
    try:
        get()
    except queue.Empty as error:
        print(repr(error), q.empty(), round(time.monotonic() - began, 1))
for wrong in (lambda: q.get(timeout=-1), lambda: q.put(1, timeout=-0.5)):
    try:
        wrong()
    except ValueError as error:
        print(error)


def later():
    time.sleep(0.1)
    q.put('late')


threading.Thread(target=later).start()
print(q.get(timeout=5), round(time.monotonic() - began, 1))
unlimited = queue.Queue(0)
for i in range(100):
    unlimited.put_nowait(i)
print(unlimited.qsize(), unlimited.full(), issubclass(queue.Full, Exception))
