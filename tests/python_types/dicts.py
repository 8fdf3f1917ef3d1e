# Dicts, sets, views and errors.
d = {'a': 1, 'b': 2}
d['c'] = 3; d['a'] = 10
print(d, len(d), d['b'], d.get('z'), d.get('z', 0), 'a' in d, 'z' in d, list(d), list(d.keys()), list(d.values()), list(d.items()))
print(d.pop('a'), d.pop('zz', None), d.setdefault('e', 5), d.setdefault('b', 9), d.popitem(), d)
d.update({'x': 1}, y=2); d.update([('z', 3)]); print(d, d.keys(), d.values(), d.items(), ('x', 1) in d.items(), 1 in d.values())
e = d.copy(); e.clear(); print(d, e, d == e, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {1: 2} != {1: 2.0}, {'a': 1} | {'b': 2}, dict.fromkeys('ab', 0), dict([('k', 1)]), dict(a=1), dict({'q': 1}, r=2))
d |= {'m': 1}; print(d, list(reversed(d))); del d['m']; print(d)
big = {}
for i in range(1000):
    big[i] = i * i
for i in range(0, 1000, 3):
    del big[i]
print(len(big), sum(big.values()), big[1], 3 in big, list(big)[:5], 998 in big)
mixed = {1: 'int', 1.0: 'float', True: 'bool', 'x': 1, (1, 2): 't', None: 0, 2**70: 'big', 1.5: 'r', frozenset([1]): 'fs'}
print(mixed, mixed[2**70], mixed[frozenset([1])])
for k in d: print(k, end=' ')
for k, v in d.items(): print(k, v, end=';')
print({x: x * x for x in range(4)}, {v: k for k, v in {'a': 1}.items()})
print(d.keys() & {'x'}, {'a': 1}.keys() == {'a'}, sorted({'a': 1, 'b': 2}.keys() - {'a'}))
s = {1, 2, 3}; s.add(2); s.add(5); s.discard(9); s.remove(1)
print(s, len(s), 2 in s, s & {2, 3}, s - {2}, s ^ {2, 7}, s <= {2, 3, 5, 6}, s == {5, 3, 2}, s < s, set(), frozenset([1]), {1} == frozenset([1]), set('aab') == {'a', 'b'}, s.issubset({2, 3, 5}), s.issuperset([2]), s.isdisjoint([9]))
s.update([7, 8]); s.intersection_update([2, 7, 8]); s.difference_update([8]); s.symmetric_difference_update([2, 4]); print(sorted(s), sorted(s.union([1], [2])), sorted(s.intersection([4])), sorted(s.difference([4])), sorted(s.symmetric_difference([4, 5])), s.copy() == s)
s |= {100}; s &= {100, 4}; s -= {4}; s ^= {1}; print(sorted(s)); s.clear(); print(s)
print({frozenset([1, 2]): 'x'}[frozenset([2, 1])], type(s), type(frozenset()), len({1, 1.0, True}))
for f in [
    lambda: {}['a'],
    lambda: {}[[]],
    lambda: {}.pop('a'),
    lambda: {}.popitem(),
    lambda: set().pop(),
    lambda: set([1]).remove(2),
    lambda: {[]},
    lambda: set(5),
    lambda: dict(5),
    lambda: dict([1]),
    lambda: dict([(1, 2, 3)]),
    lambda: {} < {},
    lambda: {} + {},
    lambda: {1} + {2},
    lambda: {1} < [1],
    lambda: {1} | [1],
    lambda: frozenset([1]).add(2),
    lambda: hash({}),
    lambda: hash(set()),
    lambda: {}.get(),
    lambda: {}.get(1, 2, 3),
    lambda: {}.update(1),
    lambda: {}.x,
    lambda: {}.setdefault(),
    lambda: {}.keys()[0],
    lambda: dict(1, 2),
    lambda: {}[1.5],
    lambda: {}[(1, 2)],
    lambda: {}['it\'s'],
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def grow():
    d = {1: 1}
    for k in d: d[k + 1] = 1
def grow_set():
    s = {1}
    for k in s: s.add(k + 1)
for g in (grow, grow_set):
    try:
        g()
    except RuntimeError as e:
        print(e)
