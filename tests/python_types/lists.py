# Lists, tuples, ranges, iterators and errors.
a = [3, 1, 2]
a.append(5); a.extend([7, 8]); a.insert(0, 9); a.insert(-1, 6); a.insert(100, 0)
print(a, len(a), a.pop(), a.pop(0), a.index(5), a.count(1), a[-1], a[1:3], a[::-1], a[5:1:-2])
a.sort(); print(a); a.sort(reverse=True); print(a); a.reverse(); print(a)
a.remove(5); print(a); b = a.copy(); b.clear(); print(a, b)
a[1:3] = ['x', 'y', 'z']; print(a); a[::2] = [0] * len(a[::2]); print(a); del a[1]; print(a); del a[::2]; print(a); a[1:1] = [5, 6]; print(a); a[2:] = []; print(a)
a += (1, 2); a *= 2; print(a, [0] * 3, 2 * [1, 2], [1] + [2])
print([1, 2] < [1, 3], [1, 2] == [1, 2], [1] < [1, 0], [] < [1], (1, 2) < (1, 2, 3), (1, 'a') == (1, 'a'), [1] == (1,), [1, 2] >= [1, 1])
words = ['bb', 'a', 'ccc', 'dd']
words.sort(key=len); print(words, sorted(words, key=len, reverse=True), sorted('hello'), sorted({'b': 1, 'a': 2}), sorted([3, 1.5, 2]))
print(sorted([(1, 'b'), (0, 'c'), (1, 'a')]), sorted([True, False, 5, -1]))
t = (1, 2, 3); print(t, (), (1,), t[1], t[::-1], t + (4,), t * 2, t.index(2), t.count(1), len(t), 2 in t, hash(t) == hash((1, 2, 3)), tuple('ab'), tuple([1]))
x = [1]; x.append(x); print(x, [x]); d = {}; d['d'] = d; print(d)
print(list(range(5)), list(range(5, 0, -2)), range(3), range(1, 10, 2), len(range(0, 10, 3)), range(10)[2:5], range(10)[-1], 3 in range(5), 7 in range(0, 10, 2), range(5).index(3), range(0) == range(2, 2), list(reversed(range(0, 10, 3))), range(10)[::-2])
print(list(enumerate('ab', 1)), list(zip([1, 2, 3], 'ab')), list(map(lambda x: x * 2, [1, 2])), list(map(lambda x, y: x + y, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])), list(reversed([1, 2, 3])), list(reversed('abc')), any([0, 1]), all([]), all([1, 0]))
it = iter([1, 2]); print(next(it), next(it), next(it, 'end'), list(it))
print(slice(1, 2), slice(5).indices(3), ..., NotImplemented)
n = 0
def up():
    global n
    n += 1
    return n
print(list(iter(up, 4)))
first, *rest = [1, 2, 3]; print(first, rest)
print(max('abc'), min((3, 1)), max(1, 2.5), max([(1, 'a'), (1, 'b')]), sum(range(101)), [*range(3), *'ab'], {**{'a': 1}, 'b': 2})
for f in [
    lambda: [1][5],
    lambda: [1]['a'],
    lambda: [].pop(),
    lambda: [1].pop(5),
    lambda: [1].remove(2),
    lambda: [1].index(2),
    lambda: (1,)[3],
    lambda: (1,).index(3),
    lambda: [1] + 'a',
    lambda: [1, 'a'].sort(),
    lambda: [].append(),
    lambda: [].append(1, 2),
    lambda: [].insert(1),
    lambda: [].sort(5),
    lambda: [].sort(foo=1),
    lambda: [3].extend(5),
    lambda: list(5),
    lambda: tuple(5),
    lambda: len(5),
    lambda: iter(5),
    lambda: next([]),
    lambda: next(iter([])),
    lambda: range('a'),
    lambda: range(1, 2, 0),
    lambda: range(),
    lambda: range(5)[7],
    lambda: range(5)['a'],
    lambda: range(5).index(9),
    lambda: sorted(5),
    lambda: sorted([1, 'a']),
    lambda: sorted(),
    lambda: reversed(5),
    lambda: enumerate(5),
    lambda: zip(5),
    lambda: map(5),
    lambda: list(zip([1], [1, 2], strict=True)),
    lambda: list(map(5, [1])),
    lambda: {[]: 1},
    lambda: {(1, []): 1},
    lambda: hash([]),
    lambda: (1, 2) < 'a',
    lambda: [] >= {},
    lambda: list.append(5, 3),
    lambda: isinstance(1, 5),
    lambda: issubclass(1, int),
    lambda: (1,).append(2),
    lambda: 5[0],
    lambda: 5(),
    lambda: None.x,
    lambda: list(1, 2),
    lambda: [1, 2].index(5, 1),
    lambda: 'x' in 5,
    lambda: int in 5,
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def change(action):
    try:
        action()
    except Exception as e:
        print(type(e).__name__, e)
def set_item(o, k, v): o[k] = v
def del_item(o, k): del o[k]
change(lambda: set_item([1], 5, 1)); change(lambda: set_item((1,), 0, 1)); change(lambda: set_item('a', 0, 'b')); change(lambda: del_item([1], 5)); change(lambda: del_item((1,), 0)); change(lambda: set_item([1, 2, 3], slice(None, None, 2), [1])); change(lambda: set_item([1], slice(0, 1), 5)); change(lambda: set_item([1], 'a', 5)); change(lambda: set_item(5, 0, 1)); change(lambda: del_item(5, 0)); change(lambda: del_item('abc', 0)); change(lambda: set_item({}, [], 1))
