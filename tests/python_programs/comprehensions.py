"""Comprehensions of lists, sets and dicts, nested and with conditions; generator expressions where they are consumed."""
print([x * x for x in range(6) if x % 2])
print([(x, y) for x in range(3) for y in range(x)])
print([[row[i] for row in [[1, 2, 3], [4, 5, 6]]] for i in range(3)])
print({x % 3 for x in range(10)}, {word: len(word) for word in ('a', 'bb', 'ccc')})
print(sum(x for x in range(101)), any(x > 3 for x in [1, 2]), all(x for x in []), max(len(w) for w in ['ab', 'c']))
print(', '.join(str(x) for x in range(4)), sorted((-x for x in range(3))), dict((k, v) for k, v in [('a', 1)]))
x = 'outside'
inside = [x for x in 'ab']
print(x, inside)
print([y := 3, y + 1], y)
print([last for n in range(5) if (last := n * 2) > 4])


def scope(k):
    return [k * i for i in range(3) if i != k]


print(scope(2), list(tuple(c * 2 for c in 'xy')), set(c for c in 'aaa'))
print([a if a > 1 else -a for a, b in [(1, 2), (3, 4)] if a and b], [*range(3), *'ab'], {**{'a': 1}, 'b': 2})
