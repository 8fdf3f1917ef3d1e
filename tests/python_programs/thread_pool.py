"""A pool of threads written by hand: jobs and results in queues, exceptions handed over, a clean end."""
import queue
import threading


class Pool:
    def __init__(self, size):
        self.jobs = queue.Queue()
        self.threads = [threading.Thread(target=self.work, name='pool-%d' % i) for i in range(size)]
        for each in self.threads:
            each.start()

    def work(self):
        while True:
            job = self.jobs.get()
            if job is None:
                return
            function, args, into, at = job
            try:
                into[at] = ('ok', function(*args))
            except Exception as error:
                into[at] = ('error', repr(error))
            finally:
                self.jobs.task_done()

    def map(self, function, items):
        results = [None] * len(items)
        for at, item in enumerate(items):
            self.jobs.put((function, (item,), results, at))
        self.jobs.join()
        return results

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        for _ in self.threads:
            self.jobs.put(None)
        for each in self.threads:
            each.join()


with Pool(3) as pool:
    print(pool.map(lambda x: 10 // x, [1, 2, 0, 5]))
    print(pool.map(str.upper, ['a', 'b']))
print([each.is_alive() for each in pool.threads], threading.active_count())
