"""Five philosophers with forks in one order: all eat, nobody waits for ever."""
import threading

forks = [threading.Lock() for _ in range(5)]
meals = [0] * 5


def dine(at):
    first, second = sorted((at, (at + 1) % 5))
    for _ in range(3):
        with forks[first], forks[second]:
            meals[at] += 1


threads = [threading.Thread(target=dine, args=(at,)) for at in range(5)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(meals, [fork.locked() for fork in forks])
