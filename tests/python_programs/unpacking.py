"""Assignment to several targets, nested and starred ones, swaps, and what does not fit."""
a, b = 1, 2
a, b = b, a
(c, [d, e]), *f = ('x', 'yz'), 3, 4
print(a, b, c, d, e, f)
first, *middle, last = range(5)
*start, end = 'ab'
*all_of_it, = (1,)
print(first, middle, last, start, end, all_of_it)
x = y = z = []
x.append(1)
print(y, z is x)
for i, (j, *k) in enumerate([(1, 2, 3), 'ab']):
    print(i, j, k)
try:
    a, b = 1, 2, 3
except ValueError as error:
    print(error)
try:
    a, b, *c = 'x'
except ValueError as error:
    print(error)
try:
    a, b = [1]
except ValueError as error:
    print(error)
try:
    a, b = 5
except TypeError as error:
    print(error)
values = [1, 2, 3]
i = 0
i, values[i] = 2, 'evaluated left to right'
print(i, values)
data = {}
data['k'], data['l'] = 1, 2
total = 0
for total in [1, 2]:
    total += 10
print(data, total, [1, *[2, 3]], (*'ab', 'c'))
