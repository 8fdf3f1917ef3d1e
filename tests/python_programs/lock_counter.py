"""A counter that several threads increase under a lock loses nothing; the order within each thread is kept."""
import threading

total = 0
log = []
lock = threading.Lock()


def add(name, times):
    global total
    for i in range(times):
        with lock:
            before = total
            total = before + 1
            log.append((name, i))


threads = [threading.Thread(target=add, args=(name, 100)) for name in 'abc']
for each in threads:
    each.start()
for each in threads:
    each.join()
print(total, len(log), [[i for who, i in log if who == name] == list(range(100)) for name in 'abc'])
