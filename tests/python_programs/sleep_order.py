"""time.sleep: threads wake in the order of their moments; time passes for all together."""
import threading
import time

log = []
began = time.monotonic()


def sleeper(tenths):
    time.sleep(tenths / 10)
    log.append((tenths, round(time.monotonic() - began, 1)))


threads = [threading.Thread(target=sleeper, args=(tenths,)) for tenths in (3, 1, 2)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(log, round(time.monotonic() - began, 1))
time.sleep(0)
first, second = time.time(), time.time()
print(first <= second, type(first).__name__, time.monotonic() <= time.monotonic(), isinstance(time.time_ns(), int))
try:
    time.sleep(-1)
except ValueError as error:
    print(error)
