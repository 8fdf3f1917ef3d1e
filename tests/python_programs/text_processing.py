"""Words counted, a table laid out, a caesar cipher, palindromes, primes, fizz buzz, roman numbers."""
text = 'the quick brown fox jumps over the lazy dog the end'
counts = {}
for word in text.split():
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]:
    print('%-8s|%3d|%s' % (word, count, '#' * count))


def caesar(text, by):
    return ''.join(chr((ord(c) - 97 + by) % 26 + 97) if c.isalpha() else c for c in text)


print(caesar('hello, world', 3), caesar(caesar('hello', 3), -3))
print([w for w in ('level', 'hello', 'Anna') if w.lower() == w.lower()[::-1]])
sieve = [True] * 50
for i in range(2, 8):
    if sieve[i]:
        sieve[i * i::i] = [False] * len(sieve[i * i::i])
print([i for i in range(2, 50) if sieve[i]])
print(' '.join('FizzBuzz' if i % 15 == 0 else 'Fizz' if i % 3 == 0 else 'Buzz' if i % 5 == 0 else str(i) for i in range(1, 16)))


def roman(number):
    result = ''
    for value, letters in ((1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')):
        while number >= value:
            result += letters
            number -= value
    return result


print([roman(n) for n in (4, 9, 14, 1994, 2024)])
a, b = 0, 1
while a < 100:
    print(a, end=',')
    a, b = b, a + b
print()
matrix = [[1, 2], [3, 4]]
print([[sum(a * b for a, b in zip(row, column)) for column in zip(*matrix)] for row in matrix])
