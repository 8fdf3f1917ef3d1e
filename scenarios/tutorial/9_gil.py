"""Threads take turns: each hands the interpreter's lock over after every 100 bytecodes."""
import threading


def count(upto):
    i = 0
    while i < upto:
        i += 1


threads = [threading.Thread(target=count, args=(60,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('done')
