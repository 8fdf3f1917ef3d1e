"""Truth of all kinds of values, and/or/not and the values they give, short circuit, chained comparison, is and in."""
for value in (0, 1, -1, 0.0, '', ' ', [], [0], (), {}, {0: 0}, set(), None, True, range(0), range(1)):
    print(int(bool(value)), end=' ')
print()


def said(what, result):
    print(what, end=' ')
    return result


print(said('a', 0) or said('b', 'x'), said('c', 0) and said('d', 1), not said('e', []))
print(said('1', 1) < said('2', 5) < said('3', 3), said('4', 9) < said('5', 5) < said('6', 3))
print(0 or 'default', 'x' and 'y', None or 0 or [], 1 and 2 and 3, not 1 == 2, 'a' if [] else 'b')
print(None is None, [] is [], 1 in [1], 1 not in [1], 'a' in {'a': 1}, None == 0, None != None, True is True)
print(True == 1, True + 1, isinstance(True, int), type(True), type(1 == 1).__name__, True & False, True | False, True ^ True, ~True)
x = 5
print(1 < x < 10, 1 < x > 10, x == 5 == 5.0, 1 < 2 < 3 < 4 < 3)
while True:
    x -= 1
    if not x:
        break
    elif x == 3:
        continue
    print(x, end=' ')
else:
    print('not printed')
print('end')
while x < 2:
    x += 1
else:
    print('else of while')
