#!/usr/bin/env python3
"""Runs attacks against a build of the command and reports which get through.

    attacks.py CLI [NAME…] [-v]

CLI is the built `cargo-rest-source`. NAME picks attacks, with `*` for any characters. Those named in
`open.txt` still get through; README.md says how to add one. Exit status: 0 if every other attack is
held and no open one is, else 1.
"""

import argparse
import fnmatch
import sys
import traceback
from pathlib import Path

import memory
import output
import pages
import state
import values
from harness import NotHere, Work

HERE = Path(__file__).resolve().parent
ATTACKS = [one for module in (memory, output, pages, state, values) for one in module.attack.all]


def still_open():
    """The names of the attacks that still get through."""
    lines = (HERE / "open.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    known = {name for name, _ in ATTACKS}
    for name in names:
        if name not in known or names.count(name) > 1:
            sys.exit("open.txt: `%s` is no attack, or is listed twice" % name)
    return set(names)


def judge(name, function, cli, is_open, verbose):
    """The line about one attack, and whether it is as listed."""
    with Work(cli) as work:
        try:
            function(work)
            through = None
        except NotHere as why:
            return "passed over %s: %s" % (name, why), True
        except AssertionError as assertion:
            through = str(assertion) or traceback.format_exc().splitlines()[-2].strip()
        except Exception as error:  # An attack that breaks has not been held.
            through = "".join(traceback.format_exception_only(error)).strip()
        details = work.details if verbose else []
    if through is not None:
        line = "%s %s: %s" % ("open" if is_open else "THROUGH", name, through[:600])
    else:
        line = ("HELD %s: remove it from open.txt" if is_open else "ok %s") % name
    return "\n".join([line, *details]), is_open == (through is not None)


def main():
    parser = argparse.ArgumentParser(usage="attacks.py CLI [NAME…] [-v]")
    parser.add_argument("cli")
    parser.add_argument("names", nargs="*")
    parser.add_argument("-v", "--verbose", action="store_true", help="show how commands ended")
    options = parser.parse_intermixed_args()
    cli, is_open, as_listed = Path(options.cli).resolve(), still_open(), []
    wanted = options.names or ["*"]
    chosen = [one for one in ATTACKS if any(fnmatch.fnmatch(one[0], name) for name in wanted)]
    if not chosen:
        sys.exit("no attack is called so")
    for name, function in chosen:
        line, is_as_listed = judge(name, function, cli, name in is_open, options.verbose)
        print(line, flush=True)
        as_listed.append(is_as_listed)
    print("%d of %d as listed" % (sum(as_listed), len(as_listed)))
    sys.exit(0 if all(as_listed) else 1)


if __name__ == "__main__":
    main()
