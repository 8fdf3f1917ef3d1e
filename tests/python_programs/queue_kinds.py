"""LifoQueue, PriorityQueue and SimpleQueue: the order in which items come out."""
import queue

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    q = kind()
    for item in (3, 1, 2, 5, 4):
        q.put(item)
    print(kind.__name__, [q.get() for _ in range(5)], q.empty(), q.qsize())
jobs = queue.PriorityQueue(maxsize=4)
for job in ((2, 'write'), (1, 'urgent'), (2, 'read'), (9, 'idle')):
    jobs.put(job)
print(jobs.full(), [jobs.get_nowait()[1] for _ in range(4)])


class Job:
    def __init__(self, priority, name):
        self.priority, self.name = priority, name

    def __lt__(self, other):
        return self.priority > other.priority


for priority, name in ((1, 'low'), (5, 'high'), (3, 'middle')):
    jobs.put(Job(priority, name))
print([jobs.get().name for _ in range(3)])
jobs.put('text')
try:
    jobs.put(1)
except TypeError as error:
    print(error)
stack = queue.LifoQueue(1)
stack.put('only')
try:
    stack.put_nowait('more')
except queue.Full:
    print('full', stack.get())
try:
    queue.SimpleQueue().get(timeout=0.01)
except queue.Empty:
    print('empty')
