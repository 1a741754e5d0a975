#!/usr/bin/env python3
"""Runs the field cases against a build of the command and reports which hold.

    field.py CLI [NAME…] [--root DIR] [-v]

CLI is the built `cargo-rest-source`. NAME picks cases, with `*` for any characters. DIR is a folder
of cases, by default `apis`, `fetch` and `load` beside this file. Cases named in a folder's `open.txt` do
not hold yet; README.md has the format. Exit status: 0 if every other case holds and no open one
does, 1 if not, 2 if a case is faulty.
"""

import argparse
import concurrent.futures
import fnmatch
import os
import shutil
import sys
from pathlib import Path

from run import Faulty, run_case

HERE = Path(__file__).resolve().parent
FOLDERS = ("apis", "fetch", "load")


def cases_in(root):
    """The folders of the cases, and the names of those that do not hold yet."""
    cases = sorted(file.parent for file in root.glob("*/case.json"))
    list_of_open = root / "open.txt"
    lines = list_of_open.read_text(encoding="utf-8").splitlines() if list_of_open.exists() else []
    still_open = [line for line in lines if line and not line.startswith("#")]
    names = [case.name for case in cases]
    for name in still_open:
        if name not in names or still_open.count(name) > 1:
            sys.exit("%s: `%s` is no case, or is listed twice" % (list_of_open, name))
    return cases, set(still_open)


def judge(cli, case, is_open, verbose):
    """The line about one case, and the exit status that it asks for."""
    try:
        miss, details = run_case(cli, case)
    except Faulty as fault:
        return "FAULTY %s: %s" % (case.name, fault), 2
    if miss:
        line = "%s %s: %s" % ("open" if is_open else "SHORT", case.name, miss)
    elif is_open:
        line = "HOLDS %s: remove it from open.txt" % case.name
    else:
        line = "ok %s" % case.name
    as_listed = is_open == (miss is not None)
    return "\n".join([line, *(details if verbose else [])]), 0 if as_listed else 1


def main():
    parser = argparse.ArgumentParser(usage="field.py CLI [NAME…] [--root DIR] [-v]")
    parser.add_argument("cli")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--root", type=Path, help="a folder of cases")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what each step did")
    options = parser.parse_intermixed_args()
    cli = shutil.which(options.cli) or parser.error("%s is not a command" % options.cli)
    cli = os.path.abspath(cli)

    present, still_open = [], set()
    for root in [options.root] if options.root else [HERE / folder for folder in FOLDERS]:
        cases, names = cases_in(root.resolve())
        present += cases
        still_open |= names
    chosen = []
    for pattern in options.names or ["*"]:
        picked = [case for case in present if fnmatch.fnmatchcase(case.name, pattern)]
        if not picked:
            parser.error("no case is named %s" % pattern)
        chosen += [case for case in picked if case not in chosen]

    worst, results = 0, []
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        jobs = [
            pool.submit(judge, cli, case, case.name in still_open, options.verbose)
            for case in chosen
        ]
        judged = [job.result() for job in jobs]
    for case, (line, status) in zip(chosen, judged):
        if status == 1 and len(chosen) > 1:
            # Limits of time are for a case that has the machine to itself.
            line, status = judge(cli, case, case.name in still_open, options.verbose)
        print(line, flush=True)
        worst = max(worst, status)
        results.append(line.split(" ", 1)[0])
    holding = results.count("ok") + results.count("HOLDS")
    print("%d of %d hold, %d are open" % (holding, len(chosen), results.count("open")))
    sys.exit(worst)


if __name__ == "__main__":
    main()
