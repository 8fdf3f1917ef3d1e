"""RLock: its owner takes it again, others wait; release as often as acquired, and by the owner only."""
import threading

lock = threading.RLock()
results = []


def others():
    results.append(lock.acquire(blocking=False))
    try:
        lock.release()
    except RuntimeError as error:
        results.append(str(error))


def in_thread(target):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()


def nested(depth):
    with lock:
        return 0 if depth == 0 else 1 + nested(depth - 1)


print(lock.acquire(), lock.acquire(), lock.acquire(timeout=1))
lock.release()
lock.release()
in_thread(others)
lock.release()
print(results, nested(5))
results.clear()


def take():
    results.append(lock.acquire(blocking=False))
    lock.release()


in_thread(take)
print(results)
try:
    lock.release()
except RuntimeError as error:
    print(error)
