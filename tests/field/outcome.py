"""Compares what a step did with an outcome of its case. README.md describes the keys."""

import json
import re
import sqlite3

OUTCOME_KEYS = {
    "rc", "records", "ordered", "record_count",
    "requests", "request_count_max", "requests_contain", "requests_lack",
    "stderr_has", "stderr_lacks", "stdout_has", "stdout_lacks", "output_has", "output_lacks",
    "files_have", "files_lack", "sql", "wall_max_s",
}


def misses(outcome, ran):
    """Why `ran` is not this outcome; an empty list if it is."""
    parts = (status, records, requests, texts, files, tables)
    return [miss for part in parts for miss in part(outcome, ran)]


def status(outcome, ran):
    expected, wall = outcome.get("rc"), ran["wall"]
    if ran["timed_out"]:
        yield "still running after %g s, killed" % wall
    elif expected == "nonzero" and ran["rc"] == 0:
        yield "rc 0, expected a failure"
    elif isinstance(expected, int) and ran["rc"] != expected:
        end = short(ran["stderr"].strip()[-160:])
        yield "rc %s, expected %d; stderr: %s" % (ran["rc"], expected, end)
    if wall > outcome.get("wall_max_s", wall):
        yield "took %.1f s, expected at most %g" % (wall, outcome["wall_max_s"])


def records(outcome, ran):
    if not {"records", "record_count"} & set(outcome):
        return
    try:
        values = printed_values(ran["stdout"])
    except ValueError:
        yield "stdout is not JSON: " + short(ran["stdout"])
        return
    if len(values) != outcome.get("record_count", len(values)):
        yield "%d records, expected %d" % (len(values), outcome["record_count"])
    if "records" in outcome:
        order = list if outcome.get("ordered") else sorted
        expected = outcome["records"]
        if order(map(canonical, values)) != order(map(canonical, expected)):
            yield "records %s, expected %s" % (short(values), short(expected))


def requests(outcome, ran):
    sent = [one for one in ran["log"] if "method" in one]
    lines = ["%(method)s %(target)s" % one for one in sent]
    if lines != outcome.get("requests", lines):
        yield "requests %s, expected %s" % (short(lines), short(outcome["requests"]))
    if len(lines) > outcome.get("request_count_max", len(lines)):
        yield "%d requests, expected at most %d" % (len(lines), outcome["request_count_max"])
    whole = [
        one.get("note") or ("%(method)s %(target)s %(body)s" % one).rstrip() for one in ran["log"]
    ]
    for part in outcome.get("requests_contain", []):
        if not any(part in line for line in whole):
            yield "no request has %s; they are %s" % (part, short(whole))
    for part in outcome.get("requests_lack", []):
        if any(part in line for line in whole):
            yield "a request has %s" % part


def texts(outcome, ran):
    for name in ("stderr", "stdout", "output"):
        text = without_colour(ran[name])
        for part in outcome.get(name + "_has", []):
            if part.lower() not in text.lower():
                found = short(text.strip() or "empty")
                yield "%s lacks %s; it is: %s" % (name, quoted(part), found)
        for part in outcome.get(name + "_lacks", []):
            if part.lower() in text.lower():
                yield "%s has %s" % (name, quoted(part))


def files(outcome, ran):
    for name, part in outcome.get("files_have", []):
        file = ran["folder"] / name
        if not file.is_file():
            yield "there is no file %s" % name
        elif part.encode() not in file.read_bytes():
            yield "%s lacks %s" % (name, short(part))
    for name, part in outcome.get("files_lack", []):
        file = ran["folder"] / name
        if file.is_file() and part.encode() in file.read_bytes():
            yield "%s has %s" % (name, short(part))


def tables(outcome, ran):
    for statement, expected, *file in outcome.get("sql", []):
        path = ran["folder"] / (file[0] if file else "out.db")
        try:
            database = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
            try:
                rows = [list(row) for row in database.execute(statement)]
            finally:
                database.close()
        except sqlite3.Error as error:
            yield "%s: %s" % (statement, error)
            continue
        text = json.dumps(rows, default=repr)
        if canonical(json.loads(text)) != canonical(expected):
            yield "%s gives %s, expected %s" % (statement, short(text), short(expected))


def printed_values(text):
    """The JSON values of a text; a list that stands alone is a list of records."""
    decoder, values, at = json.JSONDecoder(), [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        values.append(value)
    return values[0] if len(values) == 1 and isinstance(values[0], list) else values


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def without_colour(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def short(value, width=160):
    """A value on one line, cut at `width`."""
    text = value if isinstance(value, str) else quoted(value)
    text = without_colour(text).replace("\n", " / ")
    return text if len(text) <= width else text[:width] + "…"
