"""Sets: operators, methods, comparison, frozen sets; printed sorted, as their order is not determined."""
a, b = {1, 2, 3, 4}, set([3, 4, 5])
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), sorted(b - a))
print(sorted(a.union([9], (8,))), sorted(a.intersection([1, 7])), sorted(a.difference([1])), sorted(a.symmetric_difference([1, 7])))
print({1, 2} <= a, a < a, a <= a, a >= {4}, a.isdisjoint({9}), {1}.issubset(a), a.issuperset({1, 9}), {1, 2} == {2, 1, 2})
a.add(10)
a.discard(99)
a.discard(1)
a.remove(2)
a.update([11, 12])
print(sorted(a), len(a), 10 in a, set() == {x for x in ()}, set())
try:
    a.remove('missing')
except KeyError as error:
    print('KeyError', error)
a -= {10, 11, 12}
a |= {0}
a &= {0, 3}
a ^= {3, 5}
print(sorted(a), {7}.pop(), sorted(set('hello')), frozenset([1]), {1})
frozen = frozenset('ab')
print({frozen: 'as a key'}[frozenset('ba')], frozen | {'c'} == {'a', 'b', 'c'}, sorted(frozen))
for wrong in (lambda: {[]}, lambda: frozen.add('x'), lambda: set().pop(), lambda: {1} + {2}, lambda: {1} | [2]):
    try:
        wrong()
    except (TypeError, AttributeError, KeyError) as error:
        print(type(error).__name__, error)
copy = a.copy()
copy.clear()
print(len(copy), len(a), sum({1, 1, 2}), min({4, 2}), sorted({'b': 1}.keys() | {'a'}))
