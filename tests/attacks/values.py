"""Attacks on values: what is stored is what was sent, or an error."""

import gzip
import json
import os
import random

from harness import APPEND, NotHere, answer, attacks, rows

attack = attacks()


@attack
def digits_of_declared_json(work):
    "A declared `json` column keeps digits and doubled members as an undeclared one does."
    numbers = '{"z":12345678901234567890123456789,"f":0.1000000000000000055511151231257827,"m":1.10,"e":2,"e":3}'
    server = work.server(lambda request: answer('{"data":[{"t":%s}]}' % numbers))
    source = work.source(server.url, APPEND, "columns: {t: {data_type: json}}")
    assert work.load(source).rc == 0
    stored = rows(source, "select t from items")[0][0]
    for part in ("12345678901234567890123456789", "0.1000000000000000055511151231257827", "1.10", '"e":2'):
        assert part in stored.replace(" ", ""), "%s is not in %s" % (part, stored)


@attack
def last_second_of_9999(work):
    "Moments at the end of what RFC 3339 can say, and leap seconds."
    for moment in ("9999-12-31T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31", "2016-12-31T23:59:60Z"):
        server = work.server(lambda request, moment=moment: {"data": [{"t": moment}]})
        source = work.source(server.url, APPEND, "columns: {t: {data_type: timestamp}}")
        run = work.load(source)
        assert run.rc == 0, "%s: %s" % (moment, run.err[:300])


@attack
def lag_below_zero(work):
    "A lag below zero loses what lies within it."
    source = work.source(
        "http://127.0.0.1:9", APPEND, "primary_key: id", "columns: {id: {data_type: bigint}}",
        endpoint="incremental: {cursor_path: id, initial_value: 0, lag: -3}",
    )
    run = work.run("check", source)
    assert run.rc == 1 and "lag" in run.out, "check says nothing: %s" % run.out[:300]


@attack
def gzip_of_two_members(work):
    "A gzip body of two members is read to its end."
    body = gzip.compress(b'{"data":[{"id":1}') + gzip.compress(b"]}")
    server = work.server(lambda request: answer(body, headers=[("Content-Encoding", "gzip")]))
    run = work.run("fetch", work.source(server.url), "-q")
    assert run.rc == 0 and json.loads(run.out) == {"id": 1}, run.err[:300]


@attack
def row_that_only_postgresql_refuses(work):
    "A row or a key too large for PostgreSQL is named, and set aside where that is asked for."
    place = os.environ.get("PG")
    if not place:
        raise NotHere("PG is not set")
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    generator = random.Random(1)
    wide = {"id": "1", **{"c%d" % n: "x" * 20 for n in range(990)}}
    long = {"id": "".join(generator.choice(letters) for _ in range(10_000)), "a": 1}
    for number, record in enumerate((wide, long)):
        server = work.server(lambda request, record=record: {"data": [{"id": "5"}, record]})
        merge = "write_disposition: {disposition: merge, strategy: upsert}"
        source = work.source(server.url, merge, "primary_key: id")
        dataset = "attack_%d_%d" % (os.getpid(), number)
        run = work.run(
            "load", source, "--to", place, "--dataset", dataset, "-q", "--on-bad-record", "quarantine",
        )
        assert run.rc == 0, run.err[:300]
