"""Main ends by an exception: the other threads go on to their ends, and the exit code is 1."""
import threading
import time


def work():
    time.sleep(0.05)
    print('the thread has ended')


threading.Thread(target=work).start()
print('main fails')
raise RuntimeError('on standard error')
