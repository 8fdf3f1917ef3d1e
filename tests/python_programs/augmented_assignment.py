"""+= and its kin on variables, attributes, subscripts and slices; in place where the type can."""


class Box:
    def __init__(self):
        self.value = 1
        self.items = [0]


box = Box()
box.value += 4
box.items += [1]
box.items[0] -= 5
n = 17
n //= 3
n **= 2
n %= 7
n <<= 3
n |= 1
n ^= 3
n &= ~2
n >>= 1
print(n, box.value, box.items)
f = 1
f /= 4
print(f)
a = [1]
b = a
a += [2]
a *= 2
print(b is a, b)
s = t = 'x'
s += 'y'
print(s, t)
d = {'k': [1]}
d['k'] += [2]
d['n'] = d.get('n', 0) + 1
d['n'] *= 10
print(d)
calls = []


def index():
    calls.append('index')
    return 0


values = [10, 20]
values[index()] += 1
print(values, calls)
values[1:] += [30]
print(values)
try:
    missing += 1
except NameError as error:
    print(error)
try:
    n += 'x'
except TypeError as error:
    print(error)
x: int = 5
x -= 1
print(x)
