"""The methods of lists, sorting with keys and stability, identity and copies, and lists within lists."""
items = [5, 3, 8]
items.append(1)
items.extend([9, 3])
items.insert(1, 'x')
items.insert(-100, 'front')
print(items, items.index(3), items.count(3), items.index(3, 4))
print(items.pop(), items.pop(0), items.pop(1), items)
items.sort()
print(items, items.sort(reverse=True), items)
items.reverse()
print(items, items.copy() == items, items.clear(), items)
words = ['banana', 'Apple', 'cherry', 'fig', 'kiwi']
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=lambda w: (-len(w), w)))
pairs = [(1, 'b'), (0, 'z'), (1, 'a'), (0, 'y')]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True), min(pairs), max(pairs, key=lambda p: p[1]))
grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 1
shared = [[0] * 2] * 2
shared[0][0] = 7
print(grid, shared, [1, [2, [3]]] == [1, [2, [3]]], [] == (), [1] + [2])
loop = [1]
loop.append(loop)
print(loop, len(loop))
try:
    sorted([1, 'a'])
except TypeError as error:
    print(error)
numbers = list(range(5))
numbers += 'ab'
numbers *= 2
print(numbers, numbers[-1], 3 in numbers, 99 not in numbers, list('abc'), list({'k': 1}))
total = [1, 2]
alias = total
total = total + [3]
print(alias, total)
