"""Threads share variables, and each of them changes them: an update is lost."""
import threading

total = 0


def add(amount, times):
    global total
    for _ in range(times):
        total += amount


threads = [threading.Thread(target=add, args=(amount, 15)) for amount in (1, 10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('total:', total)
