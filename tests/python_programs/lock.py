"""Lock: acquire and release, without waiting, with a time limit, locked, with, and release of what is not held."""
import threading
import time

lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(blocking=False), lock.acquire(timeout=0.05))
lock.release()
print(lock.locked())
try:
    lock.release()
except RuntimeError as error:
    print(error)
with lock:
    print('held', lock.locked())
try:
    with lock:
        raise KeyError('inside')
except KeyError:
    print('released', not lock.locked())


def release_later():
    time.sleep(0.1)
    lock.release()


lock.acquire()
thread = threading.Thread(target=release_later)
thread.start()
began = time.monotonic()
print(lock.acquire(timeout=5), round(time.monotonic() - began, 1))
thread.join()
for wrong in (lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2)):
    try:
        wrong()
    except ValueError as error:
        print(error)
