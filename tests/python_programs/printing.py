"""print: several values, sep and end, nothing, file, and the text of values of all types."""
import sys

print()
print('a', 1, None, True, 2.50, [1, 'x'], ('t',), {'k': 'v'}, {3})
print('a', 'b', 'c', sep='-', end='!\n')
print('no newline', end='')
print(' - continued', sep='ignored')
print(*[1, 2, 3], sep=', ')
print(*'abc', sep='')
print('x', 'y', sep='\n')
print(sep='only end', end='|\n')
print('unicode: ä 日本 🎉', 'tab\there', 'quote\'s "double"')
print(['a\nb', 'it\'s', "\\", 'ä'], ('\t',))
print(str([1.0, None, False]), repr('x'), [[], (), {}], [range(3)], (1, (2, (3,))))
print('to standard output', file=sys.stdout, flush=True)
print('not in the output', file=sys.stderr)
sys.stdout.write('written\n')
print(print('inner'))
print(int, str, list, type(None), ValueError, type([]), NotImplemented, ...)
try:
    print('x', sep=1)
except TypeError as error:
    print(error)
try:
    print('x', other=1)
except TypeError as error:
    print(error)
