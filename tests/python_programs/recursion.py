"""Recursive functions: factorial, hanoi, permutations, quicksort, mutual recursion, and the limit of depth, which can be caught."""


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append(a + c)
        hanoi(n - 1, b, a, c, moves)
    return moves


def permutations(items):
    if not items:
        return [[]]
    return [[items[i]] + rest for i in range(len(items)) for rest in permutations(items[:i] + items[i + 1:])]


def quicksort(items):
    if len(items) <= 1:
        return items
    pivot, *rest = items
    return quicksort([x for x in rest if x < pivot]) + [pivot] + quicksort([x for x in rest if x >= pivot])


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def forever(n):
    return forever(n + 1)


print(factorial(25), hanoi(3, 'A', 'B', 'C', []), len(hanoi(8, 'A', 'B', 'C', [])))
print(permutations([1, 2, 3]), quicksort([3, 6, 1, 8, 2, 9, 2]), even(100), odd(7))
try:
    forever(0)
except RecursionError as error:
    print(error)


class Deep:
    def __eq__(self, other):
        return self == other

    def __repr__(self):
        return 'x' + repr(self)


for wrong in (lambda: Deep() == Deep(), lambda: repr(Deep()), lambda: sorted([1, 2], key=forever)):
    try:
        wrong()
    except RecursionError:
        print('RecursionError')
