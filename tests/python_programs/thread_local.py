"""threading.local: each thread has its own attributes; those of a subclass are made anew in each thread."""
import threading

data = threading.local()
data.value = 'main'
seen = []


def work(value):
    seen.append(hasattr(data, 'value'))
    data.value = value
    data.items = [value]
    seen.append(data.value)


class Counted(threading.local):
    def __init__(self, start):
        self.count = start


counted = Counted(10)
counted.count += 1


def count():
    counted.count += 5
    seen.append(counted.count)


for target, args in ((work, (1,)), (work, (2,)), (count, ()), (count, ())):
    thread = threading.Thread(target=target, args=args)
    thread.start()
    thread.join()
print(seen, data.value, hasattr(data, 'items'), counted.count)
try:
    data.items
except AttributeError as error:
    print(error)
del data.value
print(hasattr(data, 'value'))
