"""A lock for readers and writers made of a condition: writers are alone, what readers see is whole."""
import threading


class ReadWriteLock:
    def __init__(self):
        self.condition = threading.Condition()
        self.readers = 0

    def read(self, function):
        with self.condition:
            self.readers += 1
        try:
            return function()
        finally:
            with self.condition:
                self.readers -= 1
                if not self.readers:
                    self.condition.notify_all()

    def write(self, function):
        with self.condition:
            self.condition.wait_for(lambda: self.readers == 0)
            function()


lock = ReadWriteLock()
pair = [0, 0]
torn = []


def update():
    pair[0] += 1
    pair[1] += 1


def writer():
    for _ in range(20):
        lock.write(update)


def reader():
    for _ in range(20):
        left, right = lock.read(lambda: tuple(pair))
        if left != right:
            torn.append((left, right))


threads = [threading.Thread(target=target) for target in (writer, reader, writer, reader)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(pair, torn)
