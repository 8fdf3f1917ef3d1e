"""Exceptions while others are handled: __context__, raise from, __cause__, exceptions of one's own, assert."""


class Problem(Exception):
    def __init__(self, code, text='trouble'):
        super().__init__(code, text)
        self.code = code

    def __str__(self):
        return 'problem %d' % self.code


class Worse(Problem):
    pass


try:
    try:
        {}['missing']
    except KeyError as error:
        raise Worse(7) from error
except Problem as error:
    print(error, repr(error), error.args, repr(error.__cause__), type(error).__name__)

try:
    try:
        1 / 0
    except ZeroDivisionError:
        [][1]
except IndexError as error:
    print(error, '| while handling:', error.__context__, '| cause:', error.__cause__)

try:
    raise Problem(1) from None
except Problem as error:
    print(error.__cause__, error.__suppress_context__)

try:
    assert 1 + 1 == 3, 'arithmetic works'
except AssertionError as error:
    print('AssertionError', error)


def depth(n):
    try:
        if n == 0:
            raise RuntimeError('bottom')
        depth(n - 1)
    finally:
        print('leaving', n)


try:
    depth(2)
except RuntimeError as error:
    print(error)
for wrong in (lambda: int('1x'), lambda: 'a' + 1, lambda: [1].remove(2), lambda: (1, 2).index(3), lambda: None.x, lambda: len(5), lambda: 'abc'.index('z'), lambda: {}.popitem(), lambda: [].pop(), lambda: 1 < 'a', lambda: float('y'), lambda: (lambda f: f())(5), lambda: (lambda i: [1, 2][i])(1.0), lambda: {[]: 1}, lambda: ord('ab'), lambda: chr(-1), lambda: 1 << -1, lambda: min([])):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__ + ':', error)
