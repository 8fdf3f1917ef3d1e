# Special methods, attributes, and what builtin functions ask of classes.
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __iadd__(self, o): self.x += o; return self
    def __mul__(self, o): return NotImplemented
    def __neg__(self): return V(-self.x)
    def __eq__(self, o): return isinstance(o, V) and self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __le__(self, o): return self.x <= o.x
    def __hash__(self): return hash(self.x)
    def __repr__(self): return 'V(%r)' % self.x
    def __bool__(self): return self.x != 0
    def __len__(self): return self.x
    def __getitem__(self, k): return k if k < 3 else [][0]
    def __contains__(self, k): return k == self.x
    def __call__(self, a): return a * self.x
    def __abs__(self): return V(abs(self.x))
    def __index__(self): return self.x
    def __format__(self, spec): return '<' + spec + '>'
    def __int__(self): return self.x
    def __float__(self): return float(self.x)
    def __round__(self, n=None): return 7
a = V(1); b = V(2)
print(a + b, a + 1, 1 + a, sum([a, b], V(0)), -a, a == V(1), a != V(1), a < b, a > b, a >= b, sorted([b, a]), max(a, b), {a: 'x'}[V(1)], V(1) in [V(1)], a in {a, b}, [a, b].index(V(2)), bool(V(0)), len(b), list(a), 1 in a, 5 in a, a(3), abs(V(-4)), [10, 20, 30][a], f'{a:>5}', '{:x}'.format(a), str(a), int(b), float(b), round(a), 'ab' * b, range(5)[b], callable(a), callable(5))
a += 5; print(a, not a)
try: a * 2
except TypeError as e: print(e)
try: a - b
except TypeError as e: print(e)
try: 5 - a
except TypeError as e: print(e)
try: a -= 1
except TypeError as e: print(e)
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(It(3)), sum(It(4)), [x for x in It(2)], 2 in It(3), max(It(5)), tuple(It(2)), dict(zip('ab', It(2))), ','.join(str(i) for i in It(3)))
class Box:
    def __init__(self): self.d = {}
    def __setitem__(self, k, v): self.d[k] = v
    def __getitem__(self, k): return self.d[k]
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
x = Box(); x['a'] = 1; x['b'] = 2; del x['a']; print(x['b'], list(x), 'b' in x)
class Plain: pass
p = Plain(); q = Plain()
print(p == p, p == q, p != q, p in [q, p], {p: 1}[p], type(p).__name__, isinstance(p, Plain), isinstance(p, object), issubclass(bool, int), issubclass(Plain, object), type(5), type('a'), type(None), type([]), int, type(int), type(p), Plain, type(print), type(lambda: 0), type(...))
setattr(p, 'z', 5); print(getattr(p, 'z'), getattr(p, 'w', 'dflt'), hasattr(p, 'z'), hasattr(p, 'w')); delattr(p, 'z'); print(hasattr(p, 'z'), id(p) == id(p), id(p) == id(q))
class Eq:
    def __eq__(self, o): return True
class R:
    def __repr__(self): return 5
class B:
    def __bool__(self): return 5
class L:
    def __len__(self): return -1
class Sub(V):
    def __radd__(self, o): return 'sub'
class Deep:
    def __eq__(self, o): return self == o
print(V(1) + Sub(2))
for f in [
    lambda: hash(Eq()),
    lambda: {Eq()},
    lambda: repr(R()),
    lambda: bool(B()),
    lambda: len(L()),
    lambda: p < q,
    lambda: p + 1,
    lambda: p[0],
    lambda: len(p),
    lambda: iter(p),
    lambda: next(p),
    lambda: p(),
    lambda: 1 in p,
    lambda: p.foo,
    lambda: getattr(p, 5),
    lambda: getattr(p, 'foo'),
    lambda: -p,
    lambda: int(p),
    lambda: [1][p],
    lambda: abs(p),
    lambda: format(p, '5'),
    lambda: isinstance(1, [int]),
    lambda: Eq() == 5,
    lambda: 5 == Eq(),
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(repr(ValueError('x', 1)), str(ValueError('x')), str(ValueError()), str(ValueError(1, 2)), str(KeyError('k')), repr(KeyError('k')), ValueError)
print(len, print.__name__, 'x'.upper.__name__, [].append.__name__)
print('a', 'b', sep='', end='!\n'); print(1, None, True, sep='-'); print(); print(*[1, 2, 3], sep=', ')
for f in [
    lambda: print(1, foo=2),
    lambda: print(1, sep=5),
    lambda: print(1, end=5),
]:
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
