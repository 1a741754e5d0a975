"""The command line: ``rest-source``, or ``python -m rest_source``."""

import signal
import sys

from ._native import run_command


def main() -> None:
    """Runs the command line and ends with its exit status."""
    # Python's handler would only run behind the command, which has its own.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run_command(["rest-source", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
