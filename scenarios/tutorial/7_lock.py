"""A lock lets one thread at a time through a section, and through the whole of it."""
import threading

total = 0
lock = threading.Lock()


def add(amount, times):
    global total
    for _ in range(times):
        with lock:
            total += amount


threads = [threading.Thread(target=add, args=(amount, 15)) for amount in (1, 10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('total:', total)
assert total == 165
