"""Threads are no daemons unless they are told to be; daemons are cut off when the program ends."""
import threading
import time


def work(kind, seconds):
    time.sleep(seconds)
    print('the', kind, 'thread has done its work')


plain = threading.Thread(target=work, args=('plain', 1))
daemon = threading.Thread(target=work, args=('daemon', 5), daemon=True)
print('daemon by default:', plain.daemon)

plain.start()
daemon.start()
print('main has ended')
