"""__enter__ and __exit__: their order, the value bound, exceptions swallowed or not, several managers."""


class Managed:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print('enter', self.name)
        return self.name.upper()

    def __exit__(self, kind, error, traceback):
        print('exit', self.name, kind.__name__ if kind else None, error)
        return self.swallow


with Managed('a') as a, Managed('b') as b:
    print('in', a, b)
with Managed('swallows', True):
    raise ValueError('swallowed')
try:
    with Managed('outer'):
        with Managed('inner'):
            raise KeyError('passed on')
except KeyError as error:
    print('caught', error)


def leave_early():
    for i in range(3):
        with Managed('loop%d' % i):
            if i == 0:
                continue
            return i


print(leave_early())
try:
    with 5:
        pass
except (TypeError, AttributeError):
    print('5 manages nothing')
