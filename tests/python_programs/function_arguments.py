"""Arguments by position and by name, defaults, *rest and **named, keyword-only ones, and how wrong calls are refused."""


def show(first, second='b', *rest, third='c', **named):
    print(first, second, rest, third, sorted(named.items()))


show(1)
show(1, 2, 3, 4, third=5, z=6, y=7)
show(second=2, first=1)
show(*[1, 2], *(3, 4), **{'third': 0}, **{'x': 9})


def keep(item, into=[]):
    into.append(item)
    return into


print(keep(1), keep(2) is keep(3), keep(4))


def exact(a, b, /, c, *, d):
    return a, b, c, d


print(exact(1, 2, c=3, d=4))
for call in (lambda: exact(1), lambda: exact(1, 2, 3, 4), lambda: show(), lambda: show(1, first=2), lambda: exact(1, 2, 3, d=4, e=5)):
    try:
        call()
    except TypeError as error:
        print('TypeError:', error)
