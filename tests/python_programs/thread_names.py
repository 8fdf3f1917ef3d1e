"""Names of threads: automatic, given, changed; current_thread, main_thread, enumerate and active_count."""
import threading

release = threading.Event()


def wait():
    seen.append(threading.current_thread().name)
    release.wait()


seen = []
print(threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.active_count())
first, named = threading.Thread(target=wait), threading.Thread(target=wait, name='worker')
print(first.name, named.name)
named.name = 'renamed'
named.start()
first.start()
print(threading.active_count(), sorted(each.name for each in threading.enumerate()))
release.set()
first.join()
named.join()
print(sorted(seen), threading.active_count(), threading.enumerate() == [threading.main_thread()])
print(threading.main_thread().is_alive(), threading.main_thread().daemon, threading.get_ident() == threading.main_thread().ident)
print(threading.Thread(name='x').name, threading.Thread(name=7).name)
