"""Two threads take turns by two semaphores; three by a condition: the output's order is determined."""
import threading

ping, pong = threading.Semaphore(1), threading.Semaphore(0)


def say(what, mine, other):
    for i in range(3):
        mine.acquire()
        print(what, i)
        other.release()


condition = threading.Condition()
turn = 0


def in_turn(number):
    global turn
    for _ in range(2):
        with condition:
            while turn % 3 != number:
                condition.wait()
            print('turn', turn, 'of', number)
            turn += 1
            condition.notify_all()


threads = [threading.Thread(target=say, args=('ping', ping, pong)), threading.Thread(target=say, args=('pong', pong, ping))]
for each in threads:
    each.start()
for each in threads:
    each.join()
threads = [threading.Thread(target=in_turn, args=(number,)) for number in (2, 0, 1)]
for each in threads:
    each.start()
for each in threads:
    each.join()
