"""Timer: runs a function after a while, with arguments, unless it is cancelled."""
import threading
import time

log = []
began = time.monotonic()
timers = [threading.Timer(seconds, log.append, args=[name]) for seconds, name in ((0.2, 'late'), (0.05, 'early'))]
cancelled = threading.Timer(0.1, log.append, ['never'])
named = threading.Timer(0.1, lambda *args, **kwargs: log.append((args, kwargs)), (1,), {'k': 2})
for each in timers + [cancelled, named]:
    each.start()
cancelled.cancel()
for each in timers + [cancelled, named]:
    each.join()
print(log, round(time.monotonic() - began, 1), cancelled.is_alive(), isinstance(cancelled, threading.Thread))
print(timers[0].interval, timers[0].finished.is_set())
