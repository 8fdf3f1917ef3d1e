#!/usr/bin/env python3
"""Every command that README.md shows prints what it shows, and its library example is the one that is tested.

    readme_test.py HEDDLE README EXAMPLE            compares
    readme_test.py HEDDLE README EXAMPLE --update   writes the true output into the README
"""
import difflib
import os
import re
import shlex
import subprocess
import sys

heddle, readme, example = map(os.path.abspath, sys.argv[1:4])
text = open(readme, encoding="utf-8").read()


def with_output(block):
    command = block.group(1)
    ran = subprocess.run(
        [heddle, *shlex.split(command)],
        env={**os.environ, "HEDDLE_PROGRAM": "./dev run"},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        cwd=os.path.dirname(readme),  # where a reader would be
    )
    return f"```console\n$ ./dev run {command}\n{ran.stdout}```\n"


true_text, blocks = re.subn(r"```console\n\$ \./dev run (.*)\n(?:.*\n)*?```\n", with_output, text)
if "--update" in sys.argv:
    open(readme, "w", encoding="utf-8").write(true_text)
    sys.exit(0)

differences = list(difflib.unified_diff(text.splitlines(), true_text.splitlines(), "README.md", "true", lineterm=""))
print("\n".join(differences))
shown = re.findall(r"```cpp\n(.*?)```\n", text, re.DOTALL)
tested = open(example, encoding="utf-8").read()
example_is_tested = any(code in tested for code in shown)
if not example_is_tested:
    print(f"the library example of the README is not that of {example}")
print(f"{blocks} commands compared")
sys.exit(0 if not differences and example_is_tested and blocks >= 3 else 1)
