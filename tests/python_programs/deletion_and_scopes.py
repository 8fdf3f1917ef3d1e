"""del of names, items, slices and attributes; class bodies and comprehensions as scopes; names that shadow builtins."""
x = 1
del x
try:
    x
except NameError as error:
    print(error)
d = {'a': 1, 'b': 2}
del d['a']
items = list(range(6))
del items[0], items[-1]
print(d, items)
len_before = len


def len(of):
    return 'mine: %d' % len_before(of)


print(len([1, 2]))
del len
print(len([1, 2]))


class Body:
    a = 1
    b = a + 1
    c = [a for a in range(3)]
    if b > 1:
        d = 'conditional'
    for e in range(2):
        pass


print(Body.b, Body.c, Body.d, Body.e)


def local_del():
    y = 1
    del y
    try:
        return y
    except UnboundLocalError as error:
        return str(error)


print(local_del())
i = 'kept'
squares = [i * i for i in range(3)]
print(i, squares)
for i in range(2):
    pass
print(i)
list_of = [lambda: n for n in range(2)]
print([f() for f in list_of], __name__)
