"""The main thread starts another one, which prints five numbers a second apart, and waits for it."""
import threading
import time


def count():
    name = threading.current_thread().name
    print('线程%s正在执行' % name)
    for i in range(5):
        print('线程%s --- %d' % (name, i))
        time.sleep(1)
    print('线程%s结束' % name)


if __name__ == '__main__':
    print('线程%s正在执行' % threading.current_thread().name)
    thread = threading.Thread(target=count)
    thread.start()
    thread.join()
    print('线程%s结束' % threading.current_thread().name)
