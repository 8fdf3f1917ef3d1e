"""Overriding, super(), several bases and the order in which they are searched, isinstance and issubclass."""


class Base:
    name = 'base'

    def hello(self):
        return 'Base(' + self.name + ')'


class Left(Base):
    name = 'left'

    def hello(self):
        return 'Left ' + super().hello()


class Right(Base):
    def hello(self):
        return 'Right ' + super().hello()


class Both(Left, Right):
    def __init__(self, extra):
        super().__init__()
        self.extra = extra

    def hello(self):
        return 'Both ' + super().hello() + self.extra


print(Both('!').hello())
print([each.__name__ for each in Both.__mro__])
print(isinstance(Both('?'), Right), issubclass(Left, Right), isinstance(3, (str, int)), issubclass(bool, int))
print(super(Left, Both('')).hello())


class Shape:
    def area(self):
        raise NotImplementedError

    def describe(self):
        return '%s of area %d' % (type(self).__name__, self.area())


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2


print(Square(3).describe())
try:
    Shape().describe()
except NotImplementedError as error:
    print(repr(error))
