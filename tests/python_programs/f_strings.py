"""f-strings: expressions, conversions, format specifications, nested fields, = and braces."""
name, number, ratio = 'wörld', 42, 2 / 3
print(f'hello {name}! {number + 1} {name.title()!r} {[i for i in range(3)]}')
print(f'{number:5}|{number:<5}|{number:^5}|{number:05}|{number:+}|{number:x}|{number:#b}|{number:,}|{1234567:,}')
print(f'{ratio:.3f}|{ratio:8.2e}|{ratio:.1%}|{ratio:g}|{1e10:g}|{100.0}|{1e16}|{1e-5}|{0.1 + 0.2}')
print(f'{name:>8}|{name:*^9}|{name:.3}|{name!s:<7}|{name!a}')
width, precision = 10, 4
print(f'{ratio:{width}.{precision}f}|{name:{"-"}>{width}}')
print(f'{{literal}} {number=} {ratio=:.2f} {name = }')
print(f'{"nested " + f"{number}"}', f'{None} {True} {(1, "a")} { {"k": 1} }')
print(f'{lambda_ if (lambda_ := 3) else 0}', f'{number!r:>6}', f'{"":3}|')
for wrong in (lambda: f'{name:d}', lambda: f'{number:s}', lambda: f'{[1]:5}'):
    try:
        wrong()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
