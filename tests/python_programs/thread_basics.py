"""Thread with target, args and kwargs: start, join, is_alive, results in a shared list."""
import threading

results = []


def work(a, b=0, *, c=0):
    results.append((a, b, c))


thread = threading.Thread(target=work, args=(1,), kwargs={'c': 3})
print(thread.is_alive(), thread.ident is None)
thread.start()
thread.join()
print(thread.is_alive(), thread.ident is not None, results)
for i in range(3):
    each = threading.Thread(target=work, args=(i, i * i))
    each.start()
    each.join()
print(results)
try:
    thread.start()
except RuntimeError as error:
    print(error)
try:
    threading.Thread(target=work).join()
except RuntimeError as error:
    print(error)
try:
    threading.current_thread().join()
except RuntimeError as error:
    print(error)
empty = threading.Thread()
empty.start()
empty.join()
print(empty.is_alive(), thread.join())
