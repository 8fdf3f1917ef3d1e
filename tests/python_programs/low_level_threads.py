"""_thread: start_new_thread, allocate_lock, get_ident, exit; locks to wait with."""
import _thread

done = [_thread.allocate_lock() for _ in range(3)]
results = []
guard = _thread.allocate_lock()


def work(i, lock, scale=1):
    with guard:
        results.append(i * scale)
    lock.release()


for i, lock in enumerate(done):
    lock.acquire()
    print(lock.locked(), lock.acquire(False))
    ident = _thread.start_new_thread(work, (i, lock), {'scale': 10})
    print(ident != _thread.get_ident(), type(ident).__name__)
for lock in done:
    lock.acquire()
print(sorted(results))
left = _thread.allocate_lock()
left.acquire()


def leave_early():
    try:
        _thread.exit()
    finally:
        results.append('leaving')
        left.release()
    results.append('never')


_thread.start_new_thread(leave_early, ())
left.acquire()
print(results[-1], _thread.get_ident() == _thread.get_ident())
try:
    _thread.start_new_thread(work, [1])
except TypeError as error:
    print(error)
try:
    guard.release()
except RuntimeError as error:
    print(error, _thread.error is RuntimeError)
