# What would take too much memory or stack, and comparisons that change what is compared: an error, never a crash.
def deep(n):
    x = []
    for i in range(n):
        x = [x]
    return x
def big_list():
    x = []
    x.append(x)
    return x == [x]
def cycle():
    a = []; b = []
    a.append(b); b.append(a)
    return a == b
def dag():
    x = 'abcdefgh' * 100
    for i in range(35): x = [x, x]
    return len(repr(x))
class Bad:
    def __repr__(self): return repr(self)
class BadEq:
    def __eq__(self, o): return self == o
class Mut:
    def __init__(self, d): self.d = d
    def __hash__(self): return 1
    def __eq__(self, o):
        self.d.clear()
        return False
def mutating():
    d = {}
    for i in range(20):
        d[i * 1] = i
    d[Mut(d)] = 1
    d[Mut(d)] = 2
    return len(d) > 0
class MutList:
    def __init__(self, l): self.l = l
    def __eq__(self, o):
        self.l.clear()
        return False
    def __lt__(self, o):
        self.l.clear()
        return True
def mut_list():
    l = []
    for i in range(10): l.append(MutList(l))
    return 5 in l, len(l)
def mut_sort():
    l = []
    for i in range(10): l.append(MutList(l))
    l.sort()
    return len(l)
def mut_remove():
    l = []
    for i in range(10): l.append(MutList(l))
    l.remove(5)
    return len(l)
class Lt:
    n = 0
    def __lt__(self, o):
        Lt.n += 1
        return Lt.n % 3 != 0
for f in [
    lambda: 'x' * 10 ** 12,
    lambda: [0] * 10 ** 12,
    lambda: list(range(10 ** 12)),
    lambda: 10 ** 10 ** 10,
    lambda: 1 << 10 ** 10,
    lambda: repr(deep(1000)),
    lambda: deep(1000) == deep(1000),
    lambda: big_list(),
    lambda: cycle(),
    lambda: '%0*d' % (10 ** 12, 5),
    lambda: '{:1000000000000}'.format(5),
    lambda: '%.1000000000f' % 1.5,
    lambda: 'a'.ljust(10 ** 12),
    lambda: 'a'.zfill(10 ** 12),
    lambda: '\t'.expandtabs(10 ** 12),
    lambda: ('ab' * 10 ** 6).replace('', 'x' * 10 ** 6),
    lambda: dag(),
    lambda: repr(Bad()),
    lambda: BadEq() == 1,
    lambda: mutating(),
    lambda: mut_list(),
    lambda: mut_sort(),
    lambda: mut_remove(),
    lambda: len(sorted([Lt() for i in range(100)])),
    lambda: (1,) * 10 ** 12,
    lambda: hash(tuple([1])) == hash((1,)),
    lambda: [0] * 10 ** 30,
    lambda: 'a'[10 ** 30],
    lambda: 'abc'[10 ** 30:],
    lambda: range(10 ** 12)[10 ** 11],
    lambda: sum(range(1000)),
    lambda: len(range(-2 ** 63, 2 ** 63 - 1)),
    lambda: f'{1.5:.2147483648f}',
    lambda: [1, 2, 3][::-2 ** 63],
    lambda: 3 ** 100000 % 7,
    lambda: '{:{}}'.format(1, 10 ** 15),
    lambda: [].extend([0] * 10 ** 9),
    lambda: int('1' * 4301),
    lambda: float('1' * 500),
    lambda: float('1e-500'),
    lambda: '{{{'.format(),
    lambda: '{0[}'.format([1]),
    lambda: '{0!}'.format(1),
    lambda: '%(a' % {},
    lambda: round(10 ** 30, -25),
    lambda: round(1e300, 400),
    lambda: round(5, -10 ** 9),
    lambda: -2 ** 63 // -1,
    lambda: (-2 ** 63) % -1,
    lambda: abs(-2 ** 63),
    lambda: -(-2 ** 63),
    lambda: 2 ** 63 == 2.0 ** 63,
    lambda: 'x'.join(['a' * 10 ** 6] * 10 ** 6),
    lambda: chr(0xd800) in 'a',
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
