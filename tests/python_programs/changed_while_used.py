"""Lists and dicts that are changed by the very methods that are called on their behalf: whatever comes out, no crash."""
items = [1, 2, 3]
for i in items:
    if len(items) < 20:
        items.append(i)
print(len(items))


class Clearing:
    def __eq__(self, other):
        items.clear()
        return False

    def __repr__(self):
        items.clear()
        return 'R'

    def __index__(self):
        items.clear()
        return 2

    def __hash__(self):
        return 1


items = [Clearing(), Clearing(), 3]
print(3 in items, items.count(5))
items = [Clearing(), Clearing(), 3]
try:
    items.remove(7)
except ValueError as error:
    print(error)
items = [Clearing(), Clearing(), Clearing()]
print(items)
for use in (lambda: items[Clearing()], lambda: items[Clearing():], lambda: items[:Clearing()], lambda: items[::Clearing()]):
    items = [1, 2, 3, 4]
    try:
        print(use())
    except IndexError as error:
        print(error)
items = [1, 2, 3, 4]
items[Clearing():4] = [9, 9]
print(items)
items = [1, 2, 3, 4]
del items[Clearing():]
print(items)
items = [1, 2, 3, 4]
try:
    items[Clearing()] = 1
except IndexError as error:
    print(error)
items = [3, 1, 2]
try:
    items.sort(key=lambda x: items.append(x) or x)
except ValueError as error:
    print(error)
items = [3, 1, 2]


class Both(Clearing):
    def __eq__(self, other):
        table.clear()
        return False

    def __hash__(self):
        return 1


table = {}
table[Both()] = 1
table[Both()] = 2
print(len(table))
numbers = {1: 'a', 2: 'b'}
try:
    for key in numbers:
        del numbers[key]
except RuntimeError as error:
    print(error)
