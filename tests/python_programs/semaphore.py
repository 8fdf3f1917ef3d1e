"""Semaphore: how many are let in at once, without waiting, with time limits; release by several."""
import threading
import time

semaphore = threading.Semaphore(2)
inside = 0
most = 0
lock = threading.Lock()


def visit():
    global inside, most
    with semaphore:
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.03)
        with lock:
            inside -= 1


threads = [threading.Thread(target=visit) for _ in range(6)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(most, inside)
print(semaphore.acquire(), semaphore.acquire(blocking=False), semaphore.acquire(False), semaphore.acquire(timeout=0.05))
semaphore.release(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(blocking=False))
empty = threading.Semaphore(0)
threading.Thread(target=empty.release).start()
print(empty.acquire(timeout=5), threading.Semaphore().acquire(False))
for wrong in (lambda: threading.Semaphore(-1), lambda: semaphore.release(0), lambda: semaphore.acquire(False, 1)):
    try:
        wrong()
    except ValueError as error:
        print(error)
