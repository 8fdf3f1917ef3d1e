"""Two threads add to a total what they work out in between: an update may be lost."""
import threading

total = 0


def squares(upto):
    result = 0
    for i in range(upto):
        result += i * i
    return result


def add(upto):
    global total
    total += squares(upto)


one = threading.Thread(target=add, args=(10,), name='one')
other = threading.Thread(target=add, args=(20,), name='other')
one.start()
other.start()
one.join()
other.join()
print('total:', total)
