"""Functions as values: in lists and dicts, returned, passed, decorators with and without arguments, partial application."""


def twice(function):
    return lambda x: function(function(x))


def logged(prefix):
    def decorate(function):
        def wrapper(*args, **kwargs):
            result = function(*args, **kwargs)
            print(prefix, function.__name__, args, kwargs, '->', result)
            return result
        return wrapper
    return decorate


@logged('call:')
def add(a, b=10):
    return a + b


@logged('outer')
@logged('inner')
def negate(x):
    return -x


def compose(*functions):
    def composed(x):
        for function in reversed(functions):
            x = function(x)
        return x
    return composed


add(1)
add(1, b=2)
negate(3)
print(twice(lambda x: x * 3)(2), compose(str, abs, lambda x: x - 5)(2))
operations = {'+': lambda a, b: a + b, '*': lambda a, b: a * b}
print([operations[each](3, 4) for each in '+*'], (lambda *a, **k: (a, k))(1, 2, z=3))
print(list(map(len, ['a', 'bb'])), list(filter(lambda x: x > 1, [1, 2, 3])), sorted(['b', 'A'], key=str.lower))
print(list(map(str, range(3))), callable(len), callable(3), add.__name__, (lambda: 0).__name__)


class Registry:
    known = {}

    @classmethod
    def register(cls, function):
        cls.known[function.__name__] = function
        return function


@Registry.register
def hello():
    return 'hi'


print(Registry.known['hello'](), hello())
