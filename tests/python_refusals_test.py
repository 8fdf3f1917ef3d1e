#!/usr/bin/env python3
"""Whatever a Python program is or does: `heddle run` ends in time, does not crash, and says what is wrong in a clear line."""
import argparse
import concurrent.futures
import os
import subprocess
import sys
import tempfile

asked = argparse.ArgumentParser(description=__doc__)
asked.add_argument("--heddle", required=True, type=os.path.abspath)
asked = asked.parse_args()

SECONDS = 40  # on a busy machine; each takes less than 2 on one that is not

# What it is, its source, the exit code, and what is printed: on standard error where the exit code is not 0.
RUNS = [
    ("an empty file", b"", 0, ""),
    ("a comment only", b"# nothing", 0, ""),
    ("a byte order mark", b"\xef\xbb\xbfprint('bom')\n", 0, "bom\n"),
    ("lines that end as on Windows", b"if True:\r\n    print('''a\r\nb''')\r\n", 0, "a\nb\n"),
    ("lines that end as on old Macs", b"print(1)\rprint(2)\r", 0, "1\n2\n"),
    ("tabs", b"if True:\n\tprint(1)\n", 0, "1\n"),
    ("many brackets", b"print(" + b"(" * 150 + b"1" + b")" * 150 + b")", 0, "1\n"),
    ("many levels of blocks", b"".join(b" " * i + b"if 1:\n" for i in range(99)) + b" " * 99 + b"print(1)", 0, "1\n"),
    ("ten million characters printed", b"print('x' * 10_000_000)", 0, "x" * 10_000_000 + "\n"),
    ("a huge range", b"for i in range(10 ** 18):\n  if i > 5: break\nprint(i, 10 ** 17 in range(10 ** 18))", 0, "6 True\n"),
    ("a huge number", b"print((10 ** 10 ** 6) % 7)", 0, "4\n"),
    ("memory errors can be caught",
     b"""
for attempt in (lambda: 'x' * 10 ** 12, lambda: [0] * 10 ** 12, lambda: (0,) * 10 ** 12, lambda: 'x'.center(10 ** 12),
                lambda: '%1000000000000d' % 5, lambda: f'{5:1000000000000}', lambda: 'a\\tb'.expandtabs(10 ** 12),
                lambda: 'x'.zfill(10 ** 12), lambda: ('a' * 10 ** 6).replace('a', 'b' * 10 ** 6), lambda: 1 << 10 ** 12,
                lambda: ('b' * 10 ** 6).join(['a'] * 10 ** 6), lambda: list(range(10 ** 12)), lambda: 10 ** 10 ** 9):
    try:
        attempt()
    except (MemoryError, OverflowError, ValueError):
        print('.', end='')
print()
""", 0, "." * 13 + "\n"),
    ("deep data for another process",
     b"""
import multiprocessing
x = []
for i in range(100000):
    x = [x]
q = multiprocessing.Queue()
p = multiprocessing.Process(target=q.put, args=(x,))
p.start()
print(len(q.get()))
p.join()
""", 0, "1\n"),
    ("endless recursion", b"def f(n):\n    return f(n + 1)\nf(0)\n", 1, "RecursionError: maximum recursion depth exceeded"),
    ("an endless loop", b"while True: pass", 1, "and no end"),
    ("an endless loop that prints", b"while True: print('x' * 100)", 1, "and no end"),
    ("a list that grows for ever", b"x = []\nwhile True: x.append('some text' * 100)", 1, "MemoryError: the heap's limit"),
    ("a string that grows for ever", b"x = 'a'\nwhile True: x += x", 1, "MemoryError: the heap's limit"),
    ("processes that start others for ever",
     b"""
import multiprocessing
def f():
    p = multiprocessing.Process(target=f)
    p.start()
    p.join()
f()
""", 1, "RuntimeError: can't start new process"),
    ("too many threads",
     b"import threading\nfor i in range(20000): threading.Thread(target=lambda: None).start()", 1,
     "RuntimeError: can't start new thread"),
    ("a lock taken twice", b"import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()", 1, "deadlock"),
    ("sys.exit with a code", b"import sys\nsys.exit(3)", 1, "SystemExit: 3"),
    ("a bracket too many", b"x = (1,\nprint(x\n", 2, ":2:6: syntax error: '(' was never closed"),
    ("no block", b"def f():\nprint(1)\n", 2, ":2:1: syntax error: expected an indented block"),
    ("tabs and spaces", b"if True:\n\tx = 1\n        y = 2\n", 2, ":3:1: syntax error: inconsistent use of tabs"),
    ("break outside of a loop", b"break", 2, ":1:1: syntax error: 'break' outside loop"),
    ("return outside of a function", b"return 1", 2, ":1:1: syntax error: 'return' outside function"),
    ("not UTF-8", "# é\n".encode("latin-1"), 2, ":1: syntax error: not UTF-8: store the file as UTF-8"),
    ("another encoding", "print(1)".encode("utf-16"), 2, "not UTF-8"),
    ("rubbish", bytes(range(256)) * 20, 2, "not UTF-8"),
    ("a null byte", b"print(1)\0\n", 2, "null bytes"),
    ("too many brackets", b"x = " + b"(" * 5000 + b"1" + b")" * 5000, 2, "too many nested parentheses"),
    ("too long a sum", b"x = " + b"+".join([b"1"] * 5000), 2, "nested too deeply: split it into several statements"),
    ("too long a file", b"x = 1\n" * 100000, 2, "too big: a program may have 262144 bytes"),
    ("a generator", b"def f():\n    yield 1\n", 2, ":2: generators are not supported: fill a list and return it"),
    ("another module", b"import os", 2, ":1: there is no module os: there are threading"),
    ("a class from a builtin one", b"class A(dict): pass", 2, ":1: a class cannot derive from dict: hold one in"),
]


def wrong_with(run, directory, number):
    what, source, code, said = run
    name = os.path.join(directory, f"program{number}.py")
    with open(name, "wb") as file:
        file.write(source)
    steered = {key: value for key, value in os.environ.items() if not key.startswith(("HEDDLE_", "PYTHON"))}
    try:
        ended = subprocess.run([asked.heddle, "run", name], env={**steered, "XDG_CACHE_HOME": directory},
                               capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return f"{what}: no end within {SECONDS} s"
    out, err = (each.decode("utf-8", "backslashreplace") for each in (ended.stdout, ended.stderr))
    wrong = []
    if ended.returncode != code:
        wrong.append(f"exit code {ended.returncode} instead of {code}")
    if (code == 0 and out != said) or (code != 0 and said not in err):
        wrong.append(f"it does not say {said[:200]!r}")
    if "(crash)" in err or "(hang)" in err:
        wrong.append("it crashed, or seemed to hang")
    if code == 2 and out:
        wrong.append("something on standard output")
    return f"{what}: {'; '.join(wrong)}:\n{out[:300]}{err[:1000]}" if wrong else ""


def main():
    with concurrent.futures.ThreadPoolExecutor(4) as workers, tempfile.TemporaryDirectory() as directory:
        wrong = list(filter(None, workers.map(lambda at: wrong_with(RUNS[at], directory, at), range(len(RUNS)))))
        missing = subprocess.run([asked.heddle, "run", os.path.join(directory, "none.py")], capture_output=True)
        if missing.returncode != 2 or b"does not exist" not in missing.stderr:
            wrong.append(f"a file that is not there: exit code {missing.returncode}\n{missing.stderr}")
    print("\n".join(wrong))
    print(f"{len(RUNS) + 1} programs, {len(wrong)} of them do not end as they should")
    return 1 if wrong else 0


sys.exit(main())
