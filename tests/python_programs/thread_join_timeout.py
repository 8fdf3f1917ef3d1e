"""join with a time limit returns None either way; is_alive tells which."""
import threading
import time

done = threading.Event()
thread = threading.Thread(target=done.wait)
thread.start()
began = time.monotonic()
print(thread.join(0.1), thread.is_alive(), round(time.monotonic() - began, 1))
print(thread.join(timeout=0), thread.is_alive())
done.set()
print(thread.join(5), thread.is_alive())
print(thread.join(0.1), thread.join(), thread.is_alive())
sleeper = threading.Thread(target=time.sleep, args=(0.2,))
sleeper.start()
sleeper.join(0.05)
print(sleeper.is_alive())
sleeper.join()
print(sleeper.is_alive(), round(time.monotonic() - began, 1))
