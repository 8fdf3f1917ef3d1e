# Integers of any size, floats, their texts and errors.
print(7 // 2, -7 // 2, 7 % -2, -7 % 3, 2 ** 10, 2 ** -1, 2 ** 100, 10 ** 30 // 7, -(10 ** 30) // 7, -(10**30) % 7)
print(9223372036854775807 + 1, -9223372036854775808 - 1, 9223372036854775807 * 3, 2 ** 64 - 2 ** 64, (2**70) >> 8, 1 << 70, -1 >> 3, (-2**70) >> 3)
print(5 & 3, 5 | 3, 5 ^ 3, ~5, True & False, True | 2, -(2 ** 70) & 0xFF, ~(2**70))
print(1 / 3, 10 / 5, 2 ** 70 / 3, 7.5 // 2, -7.5 % 2, 1e16, 1e15, 1.5e-5, 0.0001, 1e100, -0.0, 3.0)
print(float('inf'), float('-inf'), float('nan'), 1e308 * 10)
print(int('12'), int(' -12_000 '), int('ff', 16), int('0b101', 0), int(3.99), int(-3.99), int('9' * 25), float(' 1_0.5e1 '))
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1.23456, 3), round(-0.5), round(1e20))
print(divmod(17, 5), divmod(-17, 5), divmod(7.5, 2), pow(3, 200, 1000007), pow(3, -1, 7), abs(-3), abs(-2.5))
print(hex(255), oct(8), bin(-5), chr(65), chr(0x4e2d), ord('中'), hex(2 ** 70), bin(2**65), oct(-2**66))
print(1 == 1.0, 2 ** 60 == float(2 ** 60), 2**53 + 1 == float(2**53), 1 < 2.5, True == 1, hash(1) == hash(1.0), hash(2**61), hash(0.5), hash(-1), hash(1e300), hash(10**30))
print(sum([0.1] * 10), sum([1, 2, 3]), sum([[1], [2]], []), min(3, 1, 2), max([4, 9, 2], key=lambda x: -x), min([], default=5))
print((5).bit_length(), (2.0).is_integer(), bool([]), bool('a'), int(True), float(3), isinstance(True, int))
print(2**1000)
print(1e22, 123456789012345678.0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 100.0, 1e-7)
print(10**20 > 1e19, 10**20 < 1e21, -5 % 3, 5.0 == 5, 3 != 3.0)
for f in [
    lambda: 1 // 0,
    lambda: 1 / 0,
    lambda: 1.0 // 0,
    lambda: 1 % 0,
    lambda: 5.0 % 0,
    lambda: 1 + 'a',
    lambda: 'a' + 1,
    lambda: [1] + (1,),
    lambda: 'a' * 'b',
    lambda: [1] * 1.5,
    lambda: {} + {},
    lambda: None + 1,
    lambda: -'a',
    lambda: ~1.5,
    lambda: 1 << -1,
    lambda: int('x'),
    lambda: int('12', 1),
    lambda: int([]),
    lambda: float('x'),
    lambda: float([]),
    lambda: chr(-1),
    lambda: ord('ab'),
    lambda: ord(5),
    lambda: 1 < 'a',
    lambda: [] < 5,
    lambda: None < None,
    lambda: 0 ** -1,
    lambda: 0.0 ** -1,
    lambda: 10.0 ** 400,
    lambda: int(float('inf')),
    lambda: int(float('nan')),
    lambda: round('a'),
    lambda: abs('a'),
    lambda: sum(['a'], ''),
    lambda: sum(['a']),
    lambda: max([]),
    lambda: max(),
    lambda: min(1),
    lambda: pow(2, 3, 0),
    lambda: divmod(1, 0),
    lambda: divmod(1.0, 0),
    lambda: 1 ** 'a',
    lambda: int('5' * 5000),
    lambda: str(10 ** 5000),
    lambda: float(10**400),
    lambda: 10**400 / 3,
    lambda: hex(1.5),
    lambda: 1 & 1.5,
    lambda: int('', 10),
    lambda: int('5', 2),
    lambda: 2.5 << 1,
    lambda: 1 and [] + 1,
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
n = 5
for step in range(3):
    try:
        n += 'x'
    except TypeError as e:
        print(e)
    try:
        n **= 'x'
    except TypeError as e:
        print(e)
