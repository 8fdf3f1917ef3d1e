"""__iter__ and __next__, iteration by __getitem__, iter, next with a default, StopIteration."""


class Countdown:
    def __init__(self, start):
        self.now = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.now == 0:
            raise StopIteration
        self.now -= 1
        return self.now + 1


class Squares:
    def __getitem__(self, at):
        if at >= 4:
            raise IndexError(at)
        return at * at


print(list(Countdown(3)), sum(Countdown(4)), max(Squares()), 9 in Squares(), tuple(Squares()))
first, *rest = Countdown(4)
print(first, rest)
each = iter([1, 2])
print(next(each), next(each), next(each, 'none left'))
try:
    next(each)
except StopIteration:
    print('StopIteration')
for i in Countdown(5):
    if i == 2:
        break
else:
    print('never printed')
for i in Countdown(2):
    pass
else:
    print('the loop came to its end at', i)
both = zip(Countdown(2), 'ab', range(9))
print(list(both), list(enumerate('xy', 1)), list(map(lambda a, b: a - b, [5, 6], [1, 2])))
print(list(filter(None, [0, 1, '', 'a'])), list(reversed([1, 2, 3])), list(reversed(range(3))))
try:
    iter(5)
except TypeError as error:
    print(error)
