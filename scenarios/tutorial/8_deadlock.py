"""Two locks, taken in different orders by two threads: a deadlock."""
import threading
import time

left = threading.Lock()
right = threading.Lock()


def work(first, second):
    with first:
        time.sleep(0.1)
        with second:
            print(threading.current_thread().name, 'has both locks')


one = threading.Thread(target=work, args=(left, right), name='one')
other = threading.Thread(target=work, args=(right, left), name='other')
one.start()
other.start()
one.join()
other.join()
