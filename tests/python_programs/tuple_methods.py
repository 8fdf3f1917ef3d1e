"""Tuples: making, comparing, methods, as keys; that they do not change."""
empty, one, two = (), (1,), (1, 'b')
print(empty, one, two, len(two), two + one, one * 3, two[1], two[-1], tuple('ab'), tuple([1, 2]))
print((1, 2) < (1, 3), (1, 2) < (1, 2, 0), (2,) > (1, 9), (1, 2) == (1.0, 2.0), two.count('b'), two.index('b'))
places = {(0, 0): 'origin', (0, 1): 'up'}
print(places[0, 1], (0, 0) in places, hash((1, 2)) == hash((1, 2)))
for change in ('set', 'delete'):
    try:
        if change == 'set':
            two[0] = 5
        else:
            del two[0]
    except TypeError as error:
        print(error)
holder = ([], 1)
holder[0].append('inside')
print(holder)
try:
    holder[0] += ['added']
except TypeError as error:
    print(error, holder)
try:
    hash(holder)
except TypeError as error:
    print(error)


def two_results():
    return 'a', 'b'


first, second = two_results()
print(first, second, two_results(), 3 in (1, 2, 3), sum((1, 2), 10), sorted((3, 1, 2)), max((4, 2)), any(()))
