#!/usr/bin/env python3
"""Programs print under `heddle run` what python3 prints, and end as they do there: with exit code 0, or with another.

Heddle ends with exit code 1 also where an exception ends some other thread or process than the main one: python3 says
so on standard error only.

Each NAME.py in FOLDER has its output under Python 3.11 beside it, NAME.out. Further programs, of --without-output and
--in-any-order, are compared with python3 only; the latter's lines sorted. Where python3 is of another version than
3.11, and prints something else, that is noticed, and not held against anybody. With --update, each NAME.out is written.
"""
import argparse
import concurrent.futures
import difflib
import glob
import os
import re
import subprocess
import sys
import tempfile

asked = argparse.ArgumentParser(description=__doc__)
asked.add_argument("folder", type=os.path.abspath)
asked.add_argument("--heddle", type=os.path.abspath)
asked.add_argument("--without-output", action="append", default=[], type=os.path.abspath)
asked.add_argument("--in-any-order", action="append", default=[], type=os.path.abspath)
asked.add_argument("--stack-size", default="64k")  # sanitizers make calls larger
asked.add_argument("--update", action="store_true")
asked = asked.parse_args()

stored = sorted(glob.glob(os.path.join(asked.folder, "*.py")))
VERSION_OF_OUTPUTS = (3, 11)
ATTEMPTS = 4  # of python3, in which real time passes: sleeps and time limits are late on a busy machine
SECONDS = 60
LINES_OF_ERRORS = 12


def normalised(text):
    """Without what no program determines: dates, and the targets that Python 3.10 and later name threads after."""
    text = re.sub(r"(Thread-\d+) \(\w+\)", r"\1", text)
    return re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:", "", text, flags=re.MULTILINE)


def ended(words, environment):
    steered = {name: value for name, value in os.environ.items() if not name.startswith(("HEDDLE_", "PYTHON"))}
    ran = subprocess.run(
        words,
        env={**steered, **environment},
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        stdin=subprocess.DEVNULL,
        timeout=SECONDS,
    )
    return ran.returncode, normalised(ran.stdout), ran.stderr


def output_of(program):
    return os.path.splitext(program)[0] + ".out"


def by_python(program):
    return ended([sys.executable, "-W", "ignore", program], {"PYTHONUTF8": "1"})


def compared(program, name, expected, other_name, other):
    """What differs, as lines; nothing if nothing does."""
    if program in asked.in_any_order:
        expected, other = ("".join(sorted(each.splitlines(True))) for each in (expected, other))
    lines = difflib.unified_diff(expected.splitlines(), other.splitlines(), name, other_name, lineterm="", n=1)
    return "\n".join(lines)


def problems_of(program, cache):
    name = os.path.basename(program)
    code, printed, said = ended([asked.heddle, "run", program, "--stack-size", asked.stack_size], {"XDG_CACHE_HOME": cache})
    problems = [] if code in (0, 1) else [f"heddle's exit code is {code}"]
    expected = None
    if program in stored:
        expected = open(output_of(program), encoding="utf-8").read()
        problems.append(compared(program, "stored", expected, "heddle", printed))
    for attempt in range(ATTEMPTS):
        its_code, its_output, its_errors = by_python(program)
        if expected is None:
            differences = [compared(program, "python3", its_output, "heddle", printed)]
        else:
            differences = [compared(program, "stored", expected, "python3", its_output)]
        if (code == 0) != (its_code == 0 and "Traceback" not in its_errors):
            differences.append(f"heddle's exit code is {code}, python3's {its_code}")
        differences = [each for each in differences if each]
        if not differences:
            break
    if differences and sys.version_info[:2] != VERSION_OF_OUTPUTS and expected is not None:
        print(f"{name}: this python3 prints something else than Python 3.11; compared with the latter only")
        differences = []
    problems = [each for each in problems + differences if each]
    if problems and said:
        problems.append("heddle's standard error begins:\n" + "\n".join(said.splitlines()[:LINES_OF_ERRORS]))
    return f"{name}:\n" + "\n".join(problems) if problems else ""


def update(program):
    with open(output_of(program), "w", encoding="utf-8") as out:
        out.write(by_python(program)[1])


def main():
    with concurrent.futures.ThreadPoolExecutor(4) as workers, tempfile.TemporaryDirectory() as cache:
        if asked.update:
            list(workers.map(update, stored))
            return 0
        programs = [*stored, *asked.without_output, *asked.in_any_order]
        problems = list(filter(None, workers.map(lambda each: problems_of(each, cache), programs)))
    print("\n".join(problems))
    print(f"{len(programs)} programs compared, {len(problems)} of them differ")
    return 1 if problems or not programs else 0


sys.exit(main())
