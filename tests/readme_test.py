#!/usr/bin/env python3
"""Every command that README.md shows prints what it shows, and its library examples are those that are tested.

    readme_test.py HEDDLE COUNTER_TEST README EXAMPLE...            compares
    readme_test.py HEDDLE COUNTER_TEST README EXAMPLE... --update   writes the true output into the README

COUNTER_TEST is the program of the example for GoogleTest.
"""
import difflib
import os
import re
import shlex
import subprocess
import sys

update = sys.argv[-1] == "--update"
heddle, counter_test, readme, *examples = map(os.path.abspath, sys.argv[1 : len(sys.argv) - update])
text = open(readme, encoding="utf-8").read()


def output(program, words, environment={}):
    ran = subprocess.run(
        words,
        executable=program,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        cwd=os.path.dirname(readme),  # where a reader would be
    )
    return ran.stdout


def with_output(block):
    command = block.group(1)
    printed = output(heddle, ["heddle", *shlex.split(command)], {"HEDDLE_PROGRAM": "./dev run"})
    return f"```console\n$ ./dev run {command}\n{printed}```\n"


def with_test_output(block):
    command = block.group(1)
    printed = output(counter_test, shlex.split(command), {"GTEST_TOTAL_SHARDS": "1", "GTEST_SHARD_INDEX": "0"})
    printed = re.sub(r"^Running main\(\) from .*\n", "", printed)
    printed = re.sub(r"\(\d+ ms", "(4 ms", printed)  # the only thing that is another one each time
    return f"```console\n$ {command}\n{printed}```\n"


true_text, blocks = re.subn(r"```console\n\$ \./dev run (.*)\n(?:.*\n)*?```\n", with_output, text)
true_text, test_blocks = re.subn(r"```console\n\$ (\./counter_test.*)\n(?:.*\n)*?```\n", with_test_output, true_text)
if update:
    open(readme, "w", encoding="utf-8").write(true_text)
    sys.exit(0)

differences = list(difflib.unified_diff(text.splitlines(), true_text.splitlines(), "README.md", "true", lineterm=""))
print("\n".join(differences))
shown = re.findall(r"```cpp\n(.*?)```\n", text, re.DOTALL)
untested = [each for each in examples if not any(code in open(each, encoding="utf-8").read() for code in shown)]
for example in untested:
    print(f"no library example of the README is that of {example}")
print(f"{blocks + test_blocks} commands compared")
sys.exit(0 if not differences and not untested and blocks >= 3 and test_blocks >= 1 else 1)
