"""The methods of dicts: order of insertion, views, defaults, merging, deletion while iterating."""
ages = {'ann': 30, 'bob': 25}
ages['cy'] = 41
ages['ann'] = 31
print(ages, len(ages), 'bob' in ages, 31 in ages.values(), ages.get('zed'), ages.get('zed', 0))
print(list(ages), list(ages.values()), list(ages.items()), ages.keys(), ages.items())
print(ages.setdefault('dan', []), ages.setdefault('ann', 0), ages.pop('bob'), ages.pop('bob', 'gone'), ages.popitem())
del ages['cy']
ages.update({'eve': 1}, fay=2)
ages.update([('gus', 3)])
print(ages, dict(ages) == ages, dict(a=1) | {'b': 2}, dict([('x', 1)]), dict(zip('ab', [1, 2])), dict.fromkeys('ab', 0))
ages |= {'eve': 10}
for name, age in ages.items():
    print(name, age, end='; ')
print()
try:
    for name in ages:
        ages[name + '!'] = 0
except RuntimeError as error:
    print(error)
mixed = {1: 'int', 1.0: 'float', True: 'bool', '1': 'str', None: 'none', (1,): 'tuple'}
print(mixed, mixed[1], list(reversed({'a': 1, 'b': 2})))
counts = {}
for letter in 'mississippi':
    counts[letter] = counts.get(letter, 0) + 1
print(counts, sorted(counts.items(), key=lambda item: (-item[1], item[0])), max(counts, key=counts.get))
print({'a': 1}.keys() & {'a': 2, 'b': 3}.keys(), {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {'nested': {'deep': [1]}}['nested']['deep'][0])
for wrong in (lambda: ages['nobody'], lambda: {[1]: 2}, lambda: {}.pop('k'), lambda: dict([1])):
    try:
        wrong()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
ages.clear()
print(ages, bool(ages), {})
