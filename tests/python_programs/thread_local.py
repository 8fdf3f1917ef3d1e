"""threading.local: each thread has its own attributes."""
import threading

data = threading.local()
data.value = 'main'
seen = []


def work(value):
    seen.append(hasattr(data, 'value'))
    data.value = value
    data.items = [value]
    seen.append(data.value)


counted = threading.local()
counted.count = 11


def count():
    counted.count = getattr(counted, 'count', 10) + 5
    seen.append(counted.count)


for target, args in ((work, (1,)), (work, (2,)), (count, ()), (count, ())):
    thread = threading.Thread(target=target, args=args)
    thread.start()
    thread.join()
print(seen, data.value, hasattr(data, 'items'), counted.count)
try:
    data.items
except AttributeError as error:
    print(type(error).__name__, 'items' in str(error))
del data.value
print(hasattr(data, 'value'))
