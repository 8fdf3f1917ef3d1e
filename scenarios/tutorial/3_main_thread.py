"""A process has at least one thread: its main thread."""
import multiprocessing
import threading


def child():
    assert threading.current_thread() is threading.main_thread()
    print('in the child:', threading.current_thread().name, threading.active_count())


if __name__ == '__main__':
    assert threading.current_thread() is threading.main_thread()
    print('in the program:', threading.current_thread().name, threading.active_count())
    process = multiprocessing.Process(target=child)
    process.start()
    process.join()
