"""Threads as subclasses of Thread: __init__ with super, run, attributes as results, methods from outside."""
import threading


class Summer(threading.Thread):
    def __init__(self, numbers, name=None):
        super().__init__(name=name)
        self.numbers = numbers
        self.total = None

    def run(self):
        self.total = sum(self.numbers)


class Squarer(Summer):
    def run(self):
        self.numbers = [n * n for n in self.numbers]
        super().run()


workers = [Summer(range(i * 10, i * 10 + 10), name='summer-%d' % i) for i in range(3)] + [Squarer([1, 2, 3], 'squarer')]
for each in workers:
    each.start()
for each in workers:
    each.join()
    print(each.name, each.total, type(each).__name__, isinstance(each, threading.Thread))
print(sum(each.total for each in workers))


class Forgetful(threading.Thread):
    def __init__(self):
        self.ready = True


try:
    Forgetful().start()
except RuntimeError as error:
    print(error)


class Direct(threading.Thread):
    def run(self):
        print('run in', threading.current_thread().name)


Direct(name='direct').run()
direct = Direct(name='direct')
direct.start()
direct.join()
