"""Slices of lists, strings, tuples and ranges with all signs; assignment to and deletion of slices."""
letters = list('abcdefgh')
for cut in (letters[2:5], letters[:3], letters[-3:], letters[::2], letters[::-1], letters[5:2], letters[5:2:-1], letters[-1:-4:-2], letters[100:], letters[:-100]):
    print(''.join(cut), end='|')
print()
print('héllo wörld'[1:8:2], 'abc'[::-1], (1, 2, 3, 4)[1:-1], range(10)[2:8:3], list(range(10)[::-3]))
letters[2:4] = ['X']
letters[0:0] = ['new', 'front']
print(letters)
letters[::3] = '***'
del letters[1:3]
print(letters, len(letters))
del letters[::2]
print(letters)
copy = letters[:]
copy.append(1)
print(copy == letters, copy is letters, letters + [2] == copy)
for wrong in (lambda: letters[0:1:0], lambda: letters['a'], lambda: [1, 2, 3][9]):
    try:
        wrong()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
try:
    letters[::2] = [1, 2, 3, 4, 5, 6]
except ValueError as error:
    print(error)
print([1, 2, 3] < [1, 2, 4], (1,) < (1, 0), 'a' < 'b' < 'c', [1, 2] * 2, 2 * (0,), 'ab' * 0 == '')
