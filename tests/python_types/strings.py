# Methods of str, the three ways of formatting, and errors.
print('a,b,,c'.split(','), ' a  b '.split(), 'a,b,c'.split(',', 1), 'a,b,c'.rsplit(',', 1), '  a b  c '.split(None, 1), '  a b  c '.rsplit(None, 1), ''.split(), ''.split(','))
print('-'.join(['a', 'b']), ','.join('xyz'), 'abc'.replace('b', 'XX'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), 'abc'.replace('', '-', 2))
print('hello'.find('l'), 'hello'.rfind('l'), 'hello'.find('z'), 'hello'.index('e'), 'hello'.count('l'), 'hello'.find('l', 3), 'hello'.find('', 10), 'hello'.count(''), '中文中'.rfind('中'), '中文中'.find('文'))
print('hello'.startswith('he'), 'hello'.endswith(('x', 'lo')), 'hello'.startswith('l', 2), 'abc'.startswith(''))
print('Hello World'.upper(), 'Hello'.lower(), 'hello world'.title(), 'hELLO'.capitalize(), 'Hello'.swapcase(), "they're bill's".title())
print('12'.isdigit(), 'a1'.isalnum(), 'ab'.isalpha(), ' '.isspace(), ''.isdigit(), 'AB'.isupper(), 'ab1'.islower(), 'Ab Cd'.istitle(), '中文'.isalpha(), 'a b'.isidentifier(), 'ab'.isascii(), 'a\n'.isprintable())
print(repr('x'.ljust(3)), repr('x'.rjust(3, '*')), repr('x'.center(4)), repr('xy'.center(5, '-')), '42'.zfill(5), '-42'.zfill(5), '中'.ljust(3, '。'), repr('a'.center(4,'-')), repr('ab'.center(7,'-')))
print(repr('  a '.strip()), repr('xxaxx'.strip('x')), repr('  a '.lstrip()), repr(' a '.rstrip()), '中文中'.strip('中'), 'abcba'.strip('ab'))
print('a\nb\r\nc'.splitlines(), 'a\nb\n'.splitlines(True), 'k=v=w'.partition('='), 'k=v=w'.rpartition('='), 'abc'.partition('x'), 'abc'.rpartition('x'))
print('prefix-x'.removeprefix('prefix-'), 'x.py'.removesuffix('.py'), 'a\tb'.expandtabs(4))
print('héllo'[1], '中文字'[::-1], '中文字'[0:2], len('中文字'), 'hello'[-3:], 'hello'[::2], 'hello'[10:], 'hello'[4:1:-1], [c for c in '中a文'])
print('ell' in 'hello', '' in 'a', 'z' in 'abc', 'a' < 'b', 'a' < 'B', 'abc' < 'abd', 'a' * 3, 3 * 'ab', 'a' * -1, '中' > 'z')
print(repr('it\'s'), repr("\"'"), repr('a\\b\n\t\x00\x7f'), repr('中\u200b'), ascii('中é😀'), str(None), str(3.0), str([1, 'a']))
print('%d %s %r %5d|%-5d|%05d|%+d|% d' % (1, 'a', 'b', 42, 42, 42, 42, 42))
print('%x %X %o %#x %#o %e %f %g %.2f %10.3f|%-10.2f|%+.1e' % (255, 255, 8, 255, 8, 1234.5, 1.5, 1e-10, 3.14159, 2.71828, 1.5, 12345.678))
print('%(a)s and %(b)05.1f' % {'a': 1, 'b': 2.25}, '%%' % (), '%c%c' % (65, 'z'), '%*d|%-*d' % (5, 42, 5, 42), '%.3s' % 'abcdef', '%5s|%-5s|' % ('ab', 'cd'), '%s' % (1,), '%s' % [1, 2], '%i' % 3.9, '%a' % '中')
print('%08.3f|%+08d|%-08d|%.3d|%#X|%.0f|%#.0f' % (3.14159, 42, 42, 5, 255, 2.5, 2.5), '%s %s' % ('中', 'a'), '%g %g %g' % (100000, 1000000, 0.0001), '%5.1f%%' % 99.5)
print('{} {} {1}'.format if False else '{0} {1} {0}'.format('a', 'b'), '{} {}'.format(1, 2), '{a} {b[0]} {c[k]}'.format(a=1, b=[5], c={'k': 'v'}), '{:>5}|{:<5}|{:^5}|{:*^7}'.format('a', 'b', 'c', 'd'), '{!r:>6}'.format('x'), '{:{w}.{p}f}'.format(3.14159, w=8, p=2), '{{}}'.format(), '{0.real}'.format(5) if False else '')
print('{:d} {:5d} {:<5d}| {:05d} {:+d} {:x} {:#x} {:b} {:#b} {:o} {:c} {:,} {:_} {:e} {:%}'.format(1, 2, 3, 4, 5, 255, 255, 5, 5, 8, 65, 1234567, 1234567, 1234.5, 0.25))
print('{:.2f} {:8.2f} {:08.2f} {:+.1f} {:,.2f} {:.0f} {:g} {:.3g} {:.3} {:10.4} {}'.format(3.14159, 3.14159, 3.14159, 2.0, 1234567.891, 2.5, 1e10, 1234.5, 1234567.0, 3.0, 1e-5))
print(format(100.0, '.3'), format(99.95, '.3'), format(3.0, '.1'), format(0.00001, '.2'), format(12345.0, '10'), format(True, 'd'), format(True), format(True, '5'), format(-5, '05'), format(1234567, '012,'), format(1234, '08,'), format(255, '#06x'), format(-1.5, '=8'), format('x', '^3'), format(1e20, ','), format(123456.789, '015,.1f'))
print(f'{1 + 1} {"a"!r} {3.14159:.2f} {42:>6} {"中":*^5}', f'{[1,2]}', f'{5:{3}}', f'{1e3:,}', f'{0.1:.20f}', f'{2**70:,}', f'{-7:#_b}', f'{300:_x}')
for f in [
    lambda: 'a'.index('z'),
    lambda: ''.join([1]),
    lambda: ','.join(5),
    lambda: 'a' in 5,
    lambda: 5 in 'a',
    lambda: 'abc'[5],
    lambda: 'abc'['a'],
    lambda: 'a'.split(''),
    lambda: 'a'.split(5),
    lambda: '%d' % 'a',
    lambda: '%s %s' % 'a',
    lambda: '%s' % (1, 2),
    lambda: '%z' % 1,
    lambda: '%' % 1,
    lambda: '%(a)s' % 1,
    lambda: '%(a)s' % {},
    lambda: '{}'.format(),
    lambda: '{0} {}'.format(1),
    lambda: '{'.format(),
    lambda: '}'.format(),
    lambda: '{a}'.format(),
    lambda: '{:d}'.format('a'),
    lambda: '{:s}'.format(1),
    lambda: '{:.2d}'.format(1),
    lambda: '{:zz}'.format(1),
    lambda: '{!x}'.format(1),
    lambda: format([], '5'),
    lambda: 'a'.upper(1),
    lambda: 'a'.nope(),
    lambda: 'a'.center('b'),
    lambda: 'a'.center(5, 'bb'),
    lambda: 'a'.replace(1, 2),
    lambda: 'a'.startswith(5),
    lambda: str.upper(5),
    lambda: 'a'.zfill('x'),
    lambda: '%c' % 'ab',
    lambda: '%x' % 1.5,
    lambda: '%f' % 'a',
    lambda: 'a'[1:2:0],
    lambda: 'a'['b':],
    lambda: 'a'.join(),
    lambda: 'a'.find(5),
    lambda: '{:,s}'.format('a'),
    lambda: '{:=5}'.format('a'),
    lambda: '{:+}'.format('a'),
    lambda: '{:,x}'.format(1),
    lambda: 'a' - 'b',
    lambda: -'a',
    lambda: '{0.x}'.format(1),
    lambda: '{a[b]}'.format(a=[1]),
]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
