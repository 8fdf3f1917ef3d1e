"""The % of strings with many specifications, names, widths from arguments, and its errors."""
print('%d %5d|%-5d|%05d|%+d|% d|%x %X %o %#x %#o' % (1, 2, 3, 4, 5, 6, 255, 255, 8, 255, 8))
print('%s %r %a %10s|%-10s|%.2s|%c%c' % ('é', 'é', 'é', 'right', 'left', 'cut', 'A', 66))
print('%f %.2f %8.3f|%-8.1f|%e %.1E %g %g %g' % (1.5, 2 / 3, 3.14159, 2.5, 12345.678, 0.00012, 1e20, 1e-5, 100000))
print('%(name)s is %(age)d, %(age)05.1f' % {'name': 'ann', 'age': 30, 'unused': 0})
print('100%%', '%d%%' % 50, '%*d|%-*d|%.*f' % (5, 1, 5, 2, 2, 3.14159))
print('%s' % [1, 2], '%s %s' % ((1, 2), None), '%r' % ('x',), '%i' % 3.9, '%d' % True, '%s' % (('t',),))
print('%d' % 123456789012345678901234567890, '%x' % -255, '%5.3d|' % 7)
for wrong in (lambda: '%d' % 'x', lambda: '%d %d' % 1, lambda: 'none' % 1, lambda: '%q' % 1, lambda: '%(a)s' % {}, lambda: '%c' % 'ab', lambda: '%(a)s' % 5, lambda: '%' % ()):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__ + ':', error)
