"""The builtin functions on one page: sum, min, max, sorted, any, all, zip, abs, divmod, chr, ord, type, conversions."""
print(sum([1, 2, 3]), sum([[1], [2]], []), min(3, 1, 2), max('abc'), min([4, 2], key=lambda x: -x), max([], default='none'))
print(sorted([3, 1, 2], reverse=True), sorted('cab'), sorted({'b': 1, 'a': 2}), any([0, 1]), all([1, 0]), any([]), all([]))
print(abs(-3), divmod(17, 5), pow(2, 8), round(3.7), len({'a': 1}), chr(65), ord('a'), hash('x') == hash('x'), callable(print))
print(list(zip([1, 2, 3], 'ab')), list(zip()), list(enumerate(['x'], start=5)), list(range(5, 0, -2)), range(0, 10, 3), len(range(0, 10, 3)))
print(str(12), int('12'), float('1.5'), bool('False'), list('ab'), tuple([1]), set([1, 1]), dict(a=1), str(None), str('s'), list(range(3)))
print(type(1), type('a'), type([]), type({}), type(()), type(None), type(1.0), type(len), type(lambda: 0), type(range(1)), type(type))
print(isinstance([], list), isinstance('a', (int, str)), issubclass(KeyError, LookupError), issubclass(bool, int), isinstance(1.0, int))
print(list(reversed('abc')), list(map(max, [1, 5], [3, 2])), list(filter(str.isdigit, 'a1b2')), next(iter('z')))
print(range(5) == range(0, 5), 3 in range(5), range(10)[3], range(10)[-1], range(1, 10, 4), list(range(0)), range(3).index(2), range(5).count(9))
print(bin(10), oct(10), hex(10), int('1010', 2), ascii('ü'), repr('ü'), format(3.14159, '.2f'), 10 ** 20 in range(10 ** 18))
for wrong in (lambda: sum(['a']), lambda: max([]), lambda: range(1, 2, 0), lambda: range('a'), lambda: list(5), lambda: dict([(1, 2, 3)]), lambda: abs('x'), lambda: sorted(5), lambda: isinstance(1, 1), lambda: len(), lambda: zip(1), lambda: int([])):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__ + ':', error)
