"""Methods bound and unbound, functions in classes and instances, __getattr__, __setattr__, classes made in functions."""


class Open:
    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        if name.startswith('any_'):
            return lambda *args: (name, args)
        raise AttributeError('no ' + name)

    def method(self):
        return 'method of ' + type(self).__name__


o = Open()
print(o.any_thing(1, 2), o.calls)
try:
    o.other
except AttributeError as error:
    print(error)
o.method = lambda: 'instance attribute'
print(o.method(), Open.method(o))
del o.method
print(o.method())


class Logged:
    def __setattr__(self, name, value):
        print('set', name, value)
        super().__setattr__(name, value)


logged = Logged()
logged.x = 1
logged.x += 1
print(logged.x)


def make(kind):
    class Made:
        label = kind

        def show(self):
            return kind + '/' + self.label
    return Made


First, Second = make('first'), make('second')
Second.label = 'changed'
print(First().show(), Second().show(), First is Second, First.__name__)


class Outer:
    class Inner:
        value = [1]

    made = [value * 2 for value in range(3)]

    def get(self):
        return self.Inner.value + Outer.made


print(Outer().get(), Outer.Inner().value is Outer.Inner.value)


class Meter:
    count = 0

    def up(self):
        self.count += 1
        return self


print(Meter().up().up().count, Meter.count)
