"""Assignment expressions, conditional expressions, if chains, pass, while with else, nested breaks."""
data = [3, 1, 4, 1, 5, 9, 2, 6]
if (n := len(data)) > 5:
    print('long:', n)
position = 0
while (item := data[position]) != 5:
    position += 1
print(position, item)
print([half for x in data if (half := x // 2)], half)


def grade(points):
    if points >= 90:
        return 'A'
    elif points >= 80:
        return 'B'
    else:
        if points < 0:
            pass
        return 'C' if points > 50 else 'F' if points >= 0 else '?'


print([grade(each) for each in (95, 85, 60, 10, -1)])
for i in range(2, 30):
    for j in range(2, i):
        if i % j == 0:
            break
    else:
        print(i, end=' ')
print()
found = None
for row in [[1, 2], [3, 4], [5, 6]]:
    for cell in row:
        if cell == 4:
            found = row
            break
    if found:
        break
print(found, (lambda x: 'even' if x % 2 == 0 else 'odd')(7))
del data[0]
print(data, end='.\n', sep='')
