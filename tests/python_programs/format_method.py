"""str.format with positions, names, attributes, subscripts, specifications and its errors; format()."""


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, how):
        return 'point:' + how if how else '(%s, %s)' % (self.x, self.y)


point = Point(1, 2.5)
print('{} {}'.format(1, 'a'), '{1} {0} {1}'.format('x', 'y'), '{a}{b}{a}'.format(a=1, b=2))
print('{0.x} {0.y:.2f} {p.x} {l[1]} {d[key]}'.format(point, p=point, l=[5, 6], d={'key': 'v'}))
print('{} {:abc} {!r:>10} {!s}'.format(point, point, 'q', 'plain'))
print('{:>6}|{:<6}|{:^6}|{:=+6}|{:06.2f}|{:_}|{:b}|{:o}|{:c}'.format(1, 2, 3, 4, 5.5, 1000000, 5, 8, 97))
print('{:{}}|{:{w}.{p}}|{{}}'.format('x', 4, 3.14159, w=8, p=3))
print(format(255, '#06x'), format(1.5), format('a', '>3'), format(0.25, '.0%'), format(-7, '(>5'), format(1e300 * 10, 'g'))
print('{:n} {:g} {:,.2f} {:e}'.format(5, 0.0001, 1234567.891, 0))
for wrong in (lambda: '{} {}'.format(1), lambda: '{a}'.format(), lambda: '{'.format(), lambda: '{} {0}'.format(1), lambda: '{:d}'.format('x'), lambda: '}'.format(), lambda: '{0.z}'.format(point), lambda: '{:.2d}'.format(3), lambda: '{!x}'.format(1)):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__ + ':', error)
