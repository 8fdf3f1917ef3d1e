"""The methods of strings: search, split, strip, replace, case, tests, justification, translation by replace."""
text = '  Hello, World; hello again  '
print(repr(text.strip()), repr(text.lstrip()), repr(text.rstrip()), 'xxabxx'.strip('x'), 'a-b'.rstrip('b-'))
print(text.split(), 'a,b,,c'.split(','), 'a b c d'.split(None, 2), 'a.b.c'.rsplit('.', 1), 'l1\nl2\r\nl3'.splitlines(), ''.split(), ''.split(','))
print(text.find('World'), text.find('zzz'), text.rfind('ello'), text.count('l'), text.index('H'), 'abcabc'.find('c', 3), 'abc'.find(''))
print('aXbXc'.replace('X', '--'), 'aXbXc'.replace('X', '', 1), 'abc'.replace('', '.'), 'x'.join(['1', '2', '3']), ''.join([]))
print('hello World'.upper(), 'HeLLo'.lower(), 'hello world'.title(), 'hELLO'.capitalize(), 'aBc'.swapcase(), 'ABC'.casefold())
print('abc'.startswith('ab'), 'abc'.endswith(('x', 'c')), 'abc'.startswith('b', 1), '12'.isdigit(), 'a1'.isalnum(), 'ab'.isalpha(), ' \t'.isspace(), 'Ab'.isupper(), 'ab'.islower(), ''.isalpha(), 'a_1'.isidentifier())
print('7'.zfill(3), '-7'.zfill(4), 'ab'.center(6, '*') + '|', 'ab'.ljust(4) + '|', 'ab'.rjust(4, '.'), 'a\tb'.expandtabs(4))
print('key=value=x'.partition('='), 'key=value=x'.rpartition('='), 'none'.partition('='), 'prefix-x'.removeprefix('prefix-'), 'a.py'.removesuffix('.py'))
print(len('日本語'), '日本語'[1], 'é' == 'é', ord('é'), chr(26085), 'a' in 'cat', 'ct' in 'cat')
print(repr('it\'s'), repr('say "hi"'), repr('both \' and "'), repr('tab\tnew\nline\\ \x00 \x7f é \u200b'), ascii('é日'))
print('abc' < 'abd', 'Z' < 'a', max('hello'), sorted('hello'), 'a' * 3, 'implicit ' 'concatenation', """triple
quoted""", r'raw\n')
