"""Floating-point numbers: how they print, arithmetic, rounding, infinities, comparison with integers."""
print(0.1 + 0.2, 1 / 3, 2.0, 1e22, 1e21, 123456789012345678.0, 1.5e-7, 0.0001, 0.00001, 1e15, 1e16, -0.0, 5e-324, 1.7976931348623157e308)
print(7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, divmod(7.5, -2), 2.0 ** 0.5, 2 ** 0.5, 9 ** 0.5, 1e308 * 10, -1e308 * 10)
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(1.25, 1), round(7.0), round(0.5), round(1.5, 0))
print(int(1e20), float('1e3'), float(' 2.5 '), float('inf'), float('-inf'), float('nan'), float(10 ** 20), float('1_0.5'))
print(float('nan') == float('nan'), float('inf') > 10 ** 400, 1 == 1.0, 0.5 < 1, 2 ** 53 == 2.0 ** 53, 3.0 in [1, 2, 3], hash(2.0) == hash(2))
print((2.5).is_integer(), (3.0).is_integer(), abs(-2.5), max(1, 2.5), sum([0.1] * 3), sum([1, 2.5]), 1.0 + 1, 3 * 0.5, 10 / 5, 7 // 2.0)
print(bool(0.0), bool(0.1), -2.0 ** 2, (-8) ** 2.0, str(1e100), repr(0.1), '%.20f' % 0.1, '%.0f' % 2.5, '%g' % 1234567.0)
print(1e0, 1.0e1, .5, 5., 1_000.5, 1E3, 100000000000000000000.0, 0.1 * 3, 4.35 * 100, 1.1 + 2.2, 1e-10)
for wrong in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: int(float('inf')), lambda: int(float('nan')), lambda: float('x'), lambda: 10.0 ** 400, lambda: 0.0 ** -1, lambda: 1.5 << 1, lambda: float(10 ** 400)):
    try:
        print(wrong())
    except (ZeroDivisionError, ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__ + ':', error)
