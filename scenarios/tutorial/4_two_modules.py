"""The modules _thread and threading do the same job; with the former one waits by hand."""
import _thread
import threading


def work(name, done):
    print('working by', name)
    if done is not None:
        done.release()


done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(work, ('_thread', done))
done.acquire()

thread = threading.Thread(target=work, args=('threading', None))
thread.start()
thread.join()
