"""Operators, comparison, len, containment, subscripts, calls, truth and text of one's own classes."""


class Vector:
    def __init__(self, *parts):
        self.parts = list(parts)

    def __repr__(self):
        return 'Vector(%s)' % ', '.join(repr(each) for each in self.parts)

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(*[a + b for a, b in zip(self.parts, other.parts)])

    def __mul__(self, by):
        return Vector(*[each * by for each in self.parts])

    __rmul__ = __mul__

    def __iadd__(self, other):
        self.parts = (self + other).parts
        return self

    def __eq__(self, other):
        return isinstance(other, Vector) and self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        return hash(tuple(self.parts))

    def __len__(self):
        return len(self.parts)

    def __getitem__(self, at):
        return self.parts[at]

    def __setitem__(self, at, value):
        self.parts[at] = value

    def __contains__(self, what):
        return what in self.parts

    def __bool__(self):
        return any(self.parts)

    def __call__(self, function):
        return Vector(*[function(each) for each in self.parts])

    def __neg__(self):
        return self * -1


a, b = Vector(1, 2), Vector(3, 4)
print(a + b, a * 3, 2 * b, -a, a == Vector(1, 2), a != b, a < b, sorted([b, a]))
same = a
a += b
a[0] = 9
print(same, same is a, len(a), a[-1], a[:1], 9 in a, 8 in a, bool(Vector(0, 0)), not a)
print(b(lambda x: x * x), str(b), '%s|%r' % (b, b), f'{b}', {Vector(1): 'x'}[Vector(1)], list(b))
try:
    b + 1
except TypeError as error:
    print(error)
try:
    a <= b
except TypeError as error:
    print(error)
