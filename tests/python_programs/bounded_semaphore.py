"""BoundedSemaphore: more releases than acquisitions are an error, and change nothing."""
import threading

pool = threading.BoundedSemaphore(2)
for _ in range(2):
    print(pool.acquire())
print(pool.acquire(blocking=False))
pool.release()
pool.release()
for _ in range(2):
    try:
        pool.release()
    except ValueError as error:
        print(error)
pool.acquire()
try:
    pool.release(2)
except ValueError as error:
    print(error)
pool.release()
with pool:
    with pool:
        print(pool.acquire(False))
print(pool.acquire(False), pool.acquire(False), pool.acquire(False))
