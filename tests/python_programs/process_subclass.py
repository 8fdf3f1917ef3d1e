"""multiprocessing: a subclass of Process, an exception in a process, threads in a process."""
import multiprocessing
import threading


class Worker(multiprocessing.Process):
    def __init__(self, results, number):
        super().__init__()
        self.results = results
        self.number = number

    def run(self):
        total = []
        threads = [threading.Thread(target=total.append, args=(self.number * i,)) for i in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        self.results.put((self.number, sum(total)))
        self.number = 'changed in the child only'


def fail():
    raise ValueError('on standard error')


if __name__ == '__main__':
    results = multiprocessing.Queue()
    workers = [Worker(results, i) for i in (1, 2)]
    for each in workers:
        each.start()
    print(sorted(results.get() for _ in workers))
    for each in workers:
        each.join()
    print([each.number for each in workers], [each.exitcode for each in workers])
    failing = multiprocessing.Process(target=fail)
    failing.start()
    failing.join()
    print(failing.exitcode, failing.daemon, failing.is_alive())
