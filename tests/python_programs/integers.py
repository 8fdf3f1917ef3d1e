"""Arithmetic of integers: division and remainder of negative ones, powers, bits, bases, very large ones."""
for a in (7, -7):
    for b in (2, -2):
        print(a // b, a % b, divmod(a, b), a / b, end='; ')
print()
print(2 ** 10, 2 ** -1, (-2) ** 3, -2 ** 2, 2 ** 100, pow(3, 200, 1000), pow(3, -1, 7), 7 & 3, 7 | 8, 7 ^ 2, ~7, 1 << 70, -1 >> 3, 5 >> 1)
print(2 ** 64 - 1, -(2 ** 63), 2 ** 63 + 2 ** 63, (2 ** 64) * (2 ** 64), 10 ** 30 // 7, 10 ** 30 % 7, -(10 ** 30) // 7, -(10 ** 30) % 7)
factorial = 1
for i in range(1, 31):
    factorial *= i
print(factorial, factorial // 10 ** 20, factorial % 1000007, len(str(factorial)))
print(9223372036854775807 + 1, -9223372036854775808 - 1, 9223372036854775807 * 2, 3037000500 * 3037000500, abs(-9223372036854775808))
print(int('42'), int(' -7 '), int('ff', 16), int('0b101', 0), int('1_000'), int(3.99), int(-3.99), int(True), int('z', 36))
print(hex(255), oct(8), bin(-5), hex(2 ** 70), (255).bit_length(), (2 ** 70).bit_length(), (-1).bit_length(), 0x_ff, 0o17, 0b11, 1_000_000)
print(True + True, True * 5, sum([True, False, True]), 1 == True, True is not None, 10 ** 20 == 10.0 ** 20, 2 ** 53 + 1 == float(2 ** 53))
print(1 < 2 < 3, 1 < 3 > 2, 1 == 1 != 2, 3 > 2 > 2, 10 ** 18 < 10 ** 19, -(10 ** 19) < 0, min(10 ** 20, 5), round(12345, -2), round(-15, -1))
for wrong in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: int(''), lambda: int('9', 8), lambda: 2 ** 5000 / 1.0):
    try:
        print(wrong())
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        print(type(error).__name__ + ':', error)
