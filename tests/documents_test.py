#!/usr/bin/env python3
"""Every command that a document shows prints what it shows, and its library examples are those that are tested.

A command is ./dev run ..., which is HEDDLE, or ./NAME ..., which is the PROGRAM of that name; each runs where a reader of
the tree would be. With --update, the true output is written into the document.
"""
import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys

asked = argparse.ArgumentParser(description=__doc__)
asked.add_argument("document", type=os.path.abspath)
asked.add_argument("--heddle", required=True, type=os.path.abspath)
asked.add_argument("--program", action="append", default=[], type=os.path.abspath)
asked.add_argument("--example", action="append", default=[], help="a file of which the document shows a part")
asked.add_argument("--update", action="store_true")
asked = asked.parse_args()

programs = {os.path.basename(each): each for each in asked.program}
text = open(asked.document, encoding="utf-8").read()
root = os.path.dirname(asked.document)
while not os.path.exists(os.path.join(root, "README.md")):
    root = os.path.dirname(root)


def output(program, words, environment):
    steered = {name: value for name, value in os.environ.items() if not name.startswith("HEDDLE_")}
    ran = subprocess.run(
        words,
        executable=program,
        env={**steered, "GTEST_TOTAL_SHARDS": "1", "GTEST_SHARD_INDEX": "0", **environment},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        cwd=root,
    )
    return ran.stdout


def printed_by(command):
    words = shlex.split(command)
    if command.startswith("./dev run "):
        return output(asked.heddle, ["heddle", *words[2:]], {"HEDDLE_PROGRAM": "./dev run"})
    printed = output(programs[os.path.basename(words[0])], words, {})
    printed = re.sub(r"^Running main\(\) from .*\n", "", printed)
    return re.sub(r"\(\d+ ms", "(4 ms", printed)  # the only thing that is another one each time


def with_output(block):
    command = block.group(1)
    return f"```console\n$ {command}\n{printed_by(command)}```\n"


true_text, commands = re.subn(r"```console\n\$ (\./.*)\n(?:.*\n)*?```\n", with_output, text)
if asked.update:
    open(asked.document, "w", encoding="utf-8").write(true_text)
    sys.exit(0)

name = os.path.relpath(asked.document, root)
differences = list(difflib.unified_diff(text.splitlines(), true_text.splitlines(), name, "true", lineterm=""))
print("\n".join(differences))
shown = re.findall(r"```cpp\n(.*?)```\n", text, re.DOTALL)
untested = [each for each in asked.example if not any(code in open(each, encoding="utf-8").read() for code in shown)]
for example in untested:
    print(f"no library example of {name} is that of {example}")
print(f"{commands} commands compared")
sys.exit(0 if not differences and not untested and commands > 0 else 1)
