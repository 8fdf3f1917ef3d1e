"""Queue between producers and consumers: nothing is lost, each producer's order is kept; sentinels end the consumers."""
import queue
import threading

work = queue.Queue(maxsize=2)
results = queue.Queue()


def produce(name):
    for i in range(5):
        work.put((name, i))


def consume():
    while True:
        item = work.get()
        if item is None:
            break
        results.put(item)


producers = [threading.Thread(target=produce, args=(name,)) for name in 'ab']
consumers = [threading.Thread(target=consume) for _ in range(2)]
for each in producers + consumers:
    each.start()
for each in producers:
    each.join()
for _ in consumers:
    work.put(None)
for each in consumers:
    each.join()
items = [results.get() for _ in range(results.qsize())]
print(sorted(items), work.empty(), results.empty())
one = queue.Queue()
single = threading.Thread(target=lambda: [one.put(i) for i in range(5)])
single.start()
print([one.get() for _ in range(5)])
single.join()
