"""Queue: task_done and join; too many task_done are an error."""
import queue
import threading
import time

q = queue.Queue()
finished = []


def work():
    while True:
        item = q.get()
        time.sleep(0.01)
        finished.append(item)
        q.task_done()


threading.Thread(target=work, daemon=True).start()
for i in range(5):
    q.put(i)
q.join()
print(finished, q.unfinished_tasks)
try:
    q.task_done()
except ValueError as error:
    print(error)
q.join()
print('join of an empty queue returns at once')
