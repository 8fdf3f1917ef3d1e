"""An exception in a thread is printed on standard error and ends that thread only; exit code 0."""
import sys
import threading


def fail():
    print('about to fail')
    raise ValueError('in a thread')


def leave():
    print('leaving')
    sys.exit(5)


def catch():
    try:
        fail()
    except ValueError as error:
        print('caught', error)


for target in (fail, leave, catch):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()
    print('alive:', thread.is_alive())
with threading.Lock() as got:
    print('main goes on', got)
