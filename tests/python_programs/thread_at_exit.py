"""The program ends when its last thread that is no daemon has ended; main's end comes first."""
import threading
import time


def later(seconds, what):
    time.sleep(seconds)
    print(what)


for seconds, what in ((0.15, 'third'), (0.05, 'first'), (0.1, 'second')):
    threading.Thread(target=later, args=(seconds, what)).start()
print('main has ended')
