"""Endless recursion through special methods, keys and comprehensions is a RecursionError that can be caught, each time."""


class Endless:
    def __getitem__(self, at):
        return self[at]

    def __len__(self):
        return len(self)

    def __bool__(self):
        return bool(self)

    def __hash__(self):
        return hash(self)

    def __iter__(self):
        return iter(self)

    def __str__(self):
        return str(self)

    def __repr__(self):
        return repr([self])

    def __call__(self):
        return self()

    def __add__(self, other):
        return self + other

    def __contains__(self, what):
        return what in self

    def __lt__(self, other):
        return self < other

    def __eq__(self, other):
        return [self] == [Endless()]

    def __getattr__(self, name):
        return getattr(self, name + 'x')


def by_map(x):
    return list(map(by_map, [x]))


def by_key(x):
    return sorted([x, x], key=by_key)


def by_generator(x):
    return sum(by_generator(i) for i in range(2))


endless = Endless()
attempts = [lambda: endless[0], lambda: len(endless), lambda: bool(endless), lambda: hash(endless), lambda: list(endless),
            lambda: str(endless), lambda: repr(endless), lambda: endless(), lambda: endless + 1, lambda: 1 in endless,
            lambda: sorted([endless, Endless()]), lambda: endless == Endless(), lambda: {endless: 1}, lambda: '%s' % endless,
            lambda: f'{endless}', lambda: max(endless, Endless()), lambda: not endless, lambda: by_map(1), lambda: by_key(1),
            lambda: by_generator(1), lambda: endless.x]
for attempt in attempts:
    try:
        attempt()
        print('no error')
    except RecursionError:
        print('RecursionError', end=' ')
print('and on it goes')
nested = []
for i in range(100000):
    nested = [nested]
other = []
for i in range(100000):
    other = [other]
for attempt in (lambda: repr(nested), lambda: nested == other, lambda: '%s' % (nested,)):
    try:
        attempt()
    except RecursionError:
        print('RecursionError')
print(len(nested), nested[0][0] is not nested)
