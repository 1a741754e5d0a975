"""Answers questions about Delta tables by the package `deltalake`: one JSON list a line, one answer a line."""

import datetime
import decimal
import json
import pathlib
import sys

from deltalake import DeltaTable


def text(value):
    """A cell as the tests write it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(int(value))
        case float():
            return repr(value).replace("e+", "e")
        case bytes():
            return str(list(value))
        case datetime.datetime():
            shown = value.isoformat(timespec="microseconds")
            time, zone = shown[:26], shown[26:]
            return time.rstrip("0").rstrip(".") + zone
        case decimal.Decimal():
            return format(value, "f")
        case _:
            return str(value)


def table(path):
    """The table at a path, if there is one."""
    return DeltaTable(path) if (pathlib.Path(path) / "_delta_log").is_dir() else None


def rows(path, columns):
    """The rows of a table: one text for each."""
    found = table(path)
    if found is None:
        return []
    read = found.to_pyarrow_table()
    has = [name if name in read.column_names else None for name in columns]
    cells = [read[name].to_pylist() if name else [None] * read.num_rows for name in has]
    return ["|".join(text(cell) for cell in row) for row in zip(*cells)]


def columns(path):
    """The names and types of a table's columns."""
    found = table(path)
    return [f"{field.name}|{field.type.type}" for field in found.schema().fields] if found else []


def history(path):
    """The operations of a table's commits, the first one first."""
    return [commit["operation"] for commit in reversed(table(path).history())]


def compact(path):
    """Makes one file of the table's small ones."""
    table(path).optimize.compact()
    return []


def delete(path, predicate):
    """Deletes rows."""
    table(path).delete(predicate)
    return []


def version(path):
    """The number of the last commit."""
    return [str(table(path).version())]


for question in sys.stdin:
    name, *arguments = json.loads(question)
    answer = globals()[name](*arguments)
    print("answer: " + json.dumps(answer), flush=True)
