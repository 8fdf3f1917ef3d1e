"""Condition: a bounded buffer of one place between a producer and a consumer; the order is the producer's."""
import threading

condition = threading.Condition()
buffer = []
got = []


def produce():
    for i in range(10):
        with condition:
            while buffer:
                condition.wait()
            buffer.append(i)
            condition.notify()
    with condition:
        condition.wait_for(lambda: not buffer)
        buffer.append(None)
        condition.notify_all()


def consume():
    while True:
        with condition:
            condition.wait_for(lambda: buffer)
            item = buffer.pop()
            condition.notify()
        if item is None:
            return
        got.append(item)


threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(got, buffer)
