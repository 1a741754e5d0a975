"""Attacks on what one run leaves for the next: rows without their state, a state without its rows."""

import shutil
import sqlite3

from harness import APPEND, CURSOR, answer, attacks, count, rows

attack = attacks()
MERGE = "write_disposition: merge"
RANGE = "incremental: {cursor_path: id, initial_value: 0}"


def execute(source, sql):
    with sqlite3.connect("%s.db" % source) as database:
        database.execute(sql)


@attack
def append_when_its_state_is_gone(work):
    "The table of the state is dropped, emptied, or all of the loader's tables are: an append tells."
    server = work.server(lambda request: {"data": [{"id": n} for n in range(3)]})
    for tables in (["state"], ["state", "runs"], ["state", "runs", "columns"]):
        for how in ("drop table", "delete from"):
            source = work.source(server.url, APPEND)
            assert work.load(source).rc == 0
            for table in tables:
                execute(source, "%s _rest_source_%s" % (how, table))
            run = work.load(source)
            if run.rc == 0:
                told = "has rows" in run.err
                assert told, "%s %s: doubled in silence: %d rows" % (how, tables, count(source))
            else:
                assert count(source) == 3


@attack
def merge_when_its_rows_are_gone(work):
    "The table of an incremental merge is dropped, emptied or renamed: nothing is missed."
    server = work.server(lambda request: {"data": [{"id": n} for n in range(1, 4)]})
    for sql in ("drop table items", "delete from items", "alter table items rename to old"):
        source = work.source(server.url, MERGE, "primary_key: id", endpoint=RANGE)
        assert work.load(source).rc == 0
        execute(source, sql)
        run = work.load(source)
        assert run.rc == 0, run.err[:300]
        assert count(source) == 3, "%s: %d rows" % (sql, count(source))
        assert "loaded" in run.err and "items" in run.err, "%s: nothing is told" % sql


@attack
def append_when_its_rows_are_gone(work):
    "The table of an incremental append is dropped, emptied or renamed: the run tells."
    server = work.server(lambda request: {"data": [{"id": n} for n in range(1, 4)]})
    for sql in ("drop table items", "delete from items", "alter table items rename to old"):
        source = work.source(server.url, APPEND, "primary_key: id", endpoint=RANGE)
        assert work.load(source).rc == 0
        execute(source, sql)
        run = work.load(source)
        assert run.rc != 0 or "items" in run.err, "%s: nothing is told" % sql


@attack
def append_behind_an_older_state(work):
    "The state of an earlier run is put back under the rows of later ones: an append doubles nothing."
    most = [1]
    server = work.server(lambda request: {"data": [{"id": n} for n in range(1, most[0] + 1)]})
    for lost in ("state", "row"):
        source = work.source(server.url, APPEND, "primary_key: id", endpoint=RANGE)
        most[0] = 2
        assert work.load(source).rc == 0
        execute(source, "create table kept as select * from _rest_source_state")
        for more in (4, 6):
            most[0] = more
            assert work.load(source).rc == 0
        execute(source, "delete from _rest_source_state")
        if lost == "state":
            execute(source, "insert into _rest_source_state select * from kept")
        for _ in range(2):
            run = work.load(source)
            assert run.rc != 0 and count(source) == 6, "%s: %d rows" % (lost, count(source))
        execute(source, "delete from items")
        reset = work.run("state", "reset", "--to", "sqlite:%s.db" % source, "--pipeline", source.stem)
        assert reset.rc == 0 and work.load(source).rc == 0 and count(source) == 6, reset.err


@attack
def parquet_without_its_manifest(work):
    "The manifests are deleted, or one has a number that overflows: no file is deleted or doubled."
    server = work.server(lambda request: {"data": [{"id": n} for n in range(3)]})

    def load(source):
        return work.run("load", source, "--to", "parquet:%s.out" % source, "-q")
    for name in (None, "manifest-18446744073709551615.json", "manifest-99999999999999999999.json"):
        source = work.source(server.url, APPEND)
        assert load(source).rc == 0
        folder = work.folder / (source.name + ".out")
        files = sorted(folder.glob("items/*"))
        manifests = sorted(folder.glob("_rest_source/manifest-*"))
        if name is None:
            for manifest in manifests:
                manifest.unlink()
        else:
            shutil.copy(manifests[-1], manifests[-1].with_name(name))
        run = load(source)
        assert sorted(folder.glob("items/*")) == files, "files are deleted or added"
        assert run.rc != 0, "it succeeds"


def family(work, limit=None):
    """Two resources to append, of which the second one fails, or is slow, at first."""
    is_down = [True]

    def handler(request):
        place = int(request.query.get("c", 0))
        if request.path == "/b" and place == 1 and is_down[0]:
            return answer("", "500 X")
        following = str(place + 1) if place < 2 else None
        return {"data": [{"id": place * 3 + n} for n in range(3)], "next": following}
    server = work.server(handler)
    source = work.file("""client: {base_url: "%s", retry: {max_retries: 0}}
resource_defaults:
  write_disposition: append
  primary_key: id
  endpoint: {data_selector: data, paginator: %s}
resources:
  - {name: a, endpoint: {path: /a}}
  - {name: b, endpoint: {path: /b}}
""" % (server.url, CURSOR))
    return source, is_down


def assert_once(source):
    for table in "ab":
        found = rows(source, "select count(*), count(distinct id) from " + table)[0]
        assert found == (9, 9), "%s has %d rows of %d records" % (table, *found)


@attack
def append_whose_sibling_failed(work):
    "One resource is complete, the other fails; the same command again doubles nothing."
    source, is_down = family(work)
    assert work.load(source).rc != 0
    is_down[0] = False
    assert work.load(source).rc == 0
    assert_once(source)


@attack
def append_within_limits(work):
    "Runs with a limit, one after the other, until all is loaded: nothing is doubled."
    source, is_down = family(work)
    is_down[0] = False
    for _ in range(2):
        work.load(source, "--limit", "6")
    assert_once(source)


@attack
def secret_in_a_page_cursor(work):
    "A secret that the server puts into its cursors is not in the state."
    secret = "abcdefgh12345678"

    def handler(request):
        if request.number > 2:
            return answer("{")
        return {"data": [{"id": request.number}], "next": "v1:%s:%d" % (secret, request.number)}
    server = work.server(handler)
    auth = '  auth: {type: bearer, token: "{secrets.key}"}'
    source = work.source(server.url, APPEND, paginator=CURSOR, client=auth)
    work.load(source, env={"KEY": secret})
    for (checkpoint,) in rows(source, "select checkpoint from _rest_source_state"):
        assert secret not in (checkpoint or ""), "the secret is in the state: %s" % checkpoint
