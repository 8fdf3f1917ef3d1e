"""Barrier: all wait for all, one gets the index 0, the action runs once a round; broken by a time limit and by abort."""
import threading

rounds = []
barrier = threading.Barrier(3, action=lambda: rounds.append('round'))
indices = []
lock = threading.Lock()


def run():
    for _ in range(2):
        at = barrier.wait()
        with lock:
            indices.append(at)


threads = [threading.Thread(target=run) for _ in range(3)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(sorted(indices), rounds, barrier.parties, barrier.n_waiting, barrier.broken)
alone = threading.Barrier(2, timeout=0.05)
try:
    alone.wait()
except threading.BrokenBarrierError as error:
    print('broken', repr(error), alone.broken)
try:
    alone.wait()
except threading.BrokenBarrierError:
    print('still broken')
alone.reset()
print(alone.broken, issubclass(threading.BrokenBarrierError, RuntimeError))
alone.abort()
print(alone.broken)
print(threading.Barrier(1).wait())
