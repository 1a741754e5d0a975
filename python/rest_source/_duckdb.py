"""DuckDB in this process: its library, and who has a database open."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ._errors import LoadError

#: How long a database that was just used may take to be closed.
PATIENCE_SECONDS = 1.0

_lock = threading.Lock()
#: Our own loads, which share an instance, by the device and the number of the file.
_loads: Counter[tuple[int, int]] = Counter()


def library() -> str | None:
    """The library that the package `duckdb` of this interpreter has."""
    from importlib.util import find_spec

    if find_spec("duckdb") is None:
        return None
    found = find_spec("_duckdb") or find_spec("duckdb.duckdb")
    return found.origin if found else None


@contextmanager
def alone(address: str) -> Iterator[None]:
    """Refuses to load into a database that something else in this process has open. DuckDB's lock keeps other processes out
    and not this one, and of two instances on one file each overwrites what the other writes."""
    if address.startswith("env:"):
        address = os.environ.get(address.removeprefix("env:"), "")
    path = address.removeprefix("duckdb:") if address.startswith("duckdb:") else ""
    file = _identity(path)
    if file is None:
        yield
        return
    with _lock:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not _loads[file] and _is_open(file):
            if time.monotonic() > give_up:
                raise LoadError(
                    f"the database {path} is open in this process, by `duckdb.connect` for example, and DuckDB does not notice "
                    f"that: of two instances on one file each overwrites what the other writes\n"
                    f"  help: close the connection, and load again",
                    kind="busy",
                    is_transient=True,
                )
            time.sleep(0.01)
        _loads[file] += 1
    try:
        yield
    finally:
        with _lock:
            _loads[file] -= 1


def _identity(path: str | int) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _is_open(file: tuple[int, int]) -> bool:
    try:
        descriptors = os.listdir("/dev/fd")
    except OSError:
        # On Windows the file itself is locked.
        return False
    return any(_identity(int(descriptor)) == file for descriptor in descriptors)
