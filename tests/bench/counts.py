#!/usr/bin/env python3
"""Explores the programs of counts/ and compares how many executions that takes with how many traces they have.

    counts.py HEDDLE [NAME...]

NAME stands for the scenario counts/NAME, and for all of counts/NAME/...; without one, for all there are. The numbers
are those of tests/trace_counts.csv for sequential consistency. A search that comes to many more executions than its row
has traces is stopped. Other options of heddle can be set in the environment (HEDDLE_STRATEGY=dfs). The peak resident
size is shown, too, and the sizes of two searches are compared of which one has 36 times as many executions: memory must
not grow with their number. Exit codes: 0 all rows are as in the table and that is so, 1 something is not, 2 the request
was wrong.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import time

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "trace_counts.csv")
FAMILY = "counts/"
LAYOUT = "{:<24} {:<8} {:>8} {:>10} {:>10} {:>10} {:>8}{}"
FEW, MANY = ("counts/account", "n=4"), ("counts/account", "n=5")  # 14,400 and 518,400 executions
MOST_GROWTH = 0.1


def wrong(message):
    print(f"counts.py: {message}", file=sys.stderr)
    sys.exit(2)


def rows_of(names):
    with open(TABLE, encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["model"] == "SC"]
    if not names:
        return rows
    chosen = []
    for name in names:
        path = FAMILY + name.removeprefix(FAMILY)
        of_name = [row for row in rows if row["scenario"] == path or row["scenario"].startswith(path + "/")]
        if not of_name:
            known = dict.fromkeys(row["scenario"].split("/")[1] for row in rows)
            wrong(f"no program is called {name}, only: {', '.join(known)}")
        chosen += of_name
    return chosen


def peak_resident_size(process):
    """Up to now, in kB. What wait4 tells in the end is of no use: it has the size of this program in it, from before the
    other one was executed."""
    with open(f"/proc/{process}/status", encoding="utf-8") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)


def explore(heddle, row):
    """The result of heddle, as its JSON has it; and its peak resident size, in kB, as far as that was seen before its end."""
    most = 2 * (int(row["traces"]) + int(row["deadlocks"])) + 100
    command = [heddle, "explore", row["scenario"]]
    for parameter in row["parameters"].split():
        command += ["-p", parameter]
    command += ["--keep-going", "--max-executions", str(most), "--json", "-"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output, tempfile.TemporaryFile("w+") as errors:
        ran = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        size = 0
        while ran.poll() is None:
            size = max(size, peak_resident_size(ran.pid))
            time.sleep(0.002)
        output.seek(0)
        try:
            return json.load(output), size
        except ValueError:
            errors.seek(0)
            wrong(f"{' '.join(command)} ended with exit code {ran.returncode}: {errors.read().strip()}")


def difference(row, found):
    """In what way the result is not as in the table; empty where it is."""
    deadlocks = found["failures_by_kind"].get("deadlock", 0)
    if found["stopped_by"]:
        return "stopped: too many executions"
    if found["failures"] != deadlocks:
        return f"failures: {found['failures_by_kind']}"
    if deadlocks != int(row["deadlocks"]):
        return f"{deadlocks} deadlocks in place of {row['deadlocks']}"
    if found["executions"] - deadlocks != int(row["traces"]):
        return "differs"
    return "" if found["exhaustive"] else "not exhaustive"


def memory_is_bounded(sizes):
    if FEW not in sizes or MANY not in sizes:
        return True
    growth = sizes[MANY] / sizes[FEW] - 1
    print(f"{' '.join(MANY)} takes {growth:+.1%} memory compared with {FEW[1]}; at most {MOST_GROWTH:+.0%} are allowed")
    return growth <= MOST_GROWTH


def main():
    if len(sys.argv) < 2:
        wrong("which heddle? usage: counts.py HEDDLE [NAME...]")
    heddle, names = sys.argv[1], sys.argv[2:]
    rows = rows_of(names)
    same = 0
    sizes = {}
    print(LAYOUT.format("program", "", "traces", "found", "ms", "us each", "kB", ""))
    for row in rows:
        found, size = explore(heddle, row)
        sizes[row["scenario"], row["parameters"]] = size
        problem = difference(row, found)
        same += not problem
        executions = found["executions"]
        completed = executions - found["failures"]
        seconds = found["elapsed_s"]
        print(LAYOUT.format(row["scenario"].removeprefix(FAMILY), row["parameters"], row["traces"], completed,
                            f"{seconds * 1e3:.1f}", f"{seconds * 1e6 / max(executions, 1):.2f}", size,
                            f"  {problem}" if problem else ""), flush=True)
    print(f"{same} of {len(rows)} rows as in the table")
    return 0 if memory_is_bounded(sizes) and same == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
