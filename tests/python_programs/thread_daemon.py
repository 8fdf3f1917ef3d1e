"""daemon: the default is inherited, it is set before the start only, and daemons are cut off at the end."""
import threading
import time

kinds = []


def record(what):
    kinds.append((what, threading.current_thread().daemon, threading.Thread().daemon))


def endless():
    while True:
        time.sleep(5)
        print('never printed')


for daemon in (None, False, True):
    thread = threading.Thread(target=record, args=(daemon,), daemon=daemon)
    thread.start()
    thread.join()
print(kinds)
thread = threading.Thread(target=endless)
thread.daemon = True
thread.start()
try:
    thread.daemon = False
except RuntimeError as error:
    print(error)
print(thread.is_alive(), thread.daemon)
print('the end')
