#!/usr/bin/env python3
"""Explores the programs of counts/ and compares how many executions that takes with how many traces they have.

    counts.py HEDDLE [NAME...]

NAME stands for the scenario counts/NAME, and for all of counts/NAME/...; without one, for all there are. The numbers
are those of tests/trace_counts.csv for sequential consistency. A search that comes to many more executions than its row
has traces is stopped. Other options of heddle can be set in the environment (HEDDLE_STRATEGY=dfs). Exit codes: 0 all
rows are as in the table, 1 some are not, 2 the request was wrong.
"""
import csv
import json
import os
import subprocess
import sys

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "trace_counts.csv")
FAMILY = "counts/"
LAYOUT = "{:<24} {:<8} {:>8} {:>10} {:>10} {:>10}{}"


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


def explore(heddle, row):
    """The result of heddle, as its JSON has it."""
    most = 2 * (int(row["traces"]) + int(row["deadlocks"])) + 100
    command = [heddle, "explore", row["scenario"]]
    for parameter in row["parameters"].split():
        command += ["-p", parameter]
    command += ["--keep-going", "--max-executions", str(most), "--json", "-"]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         encoding="utf-8")
    try:
        return json.loads(ran.stdout)
    except ValueError:
        wrong(f"{' '.join(command)} ended with exit code {ran.returncode}: {ran.stderr.strip()}")


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


def main():
    if len(sys.argv) < 2:
        wrong("which heddle? usage: counts.py HEDDLE [NAME...]")
    heddle, names = sys.argv[1], sys.argv[2:]
    rows = rows_of(names)
    same = 0
    print(LAYOUT.format("program", "", "traces", "found", "ms", "us each", ""))
    for row in rows:
        found = explore(heddle, row)
        problem = difference(row, found)
        same += not problem
        executions = found["executions"]
        completed = executions - found["failures"]
        seconds = found["elapsed_s"]
        print(LAYOUT.format(row["scenario"].removeprefix(FAMILY), row["parameters"], row["traces"], completed,
                            f"{seconds * 1e3:.1f}", f"{seconds * 1e6 / max(executions, 1):.2f}",
                            f"  {problem}" if problem else ""), flush=True)
    print(f"{same} of {len(rows)} rows as in the table")
    return 0 if same == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
