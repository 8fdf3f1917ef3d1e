"""A thread needs the interpreter's lock to run, and hands it over after every 100 bytecodes: threads take turns."""
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
