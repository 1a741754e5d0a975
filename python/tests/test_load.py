"""Loading into destinations."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pyarrow.parquet
import pytest
import rest_source
from conftest import interrupt_after, pages, things


def test_a_source_is_loaded_into_duckdb_by_the_library_of_the_package(demo, tmp_path, monkeypatch):
    monkeypatch.delenv("DUCKDB_LIBRARY", raising=False)
    file = tmp_path / "payments.duckdb"
    for _ in range(2):
        report = demo.source().load(f"duckdb:{file}", ["payments", "refunds"])
        assert report.is_complete and report.rows == 2400 and report["refunds"].rows == 1200
        with duckdb.connect(file) as database:
            found = database.execute("select count(*), count(distinct id) from payments").fetchall()
            assert found == [(1200, 1200)]
    assert str(report).splitlines()[0].startswith("payments")


def test_a_database_that_is_open_in_this_process_is_refused(serve, tmp_path):
    source = rest_source.Source(things(serve(pages([{"id": 1}])).url))
    file = tmp_path / "things.duckdb"
    for _ in range(3):
        source.load(f"duckdb:{file}")
    with duckdb.connect(file) as database:
        # DuckDB would let both write, and lose the rows of one.
        with pytest.raises(rest_source.LoadError, match="is open in this process") as raised:
            source.load(f"duckdb:{file}")
        assert raised.value.kind == "busy" and raised.value.is_transient
        assert database.execute("select count(*) from things").fetchall() == [(3,)]
    source.load(f"duckdb:{file}")
    with duckdb.connect(file) as database:
        assert database.execute("select count(*) from things").fetchall() == [(4,)]


def test_loads_into_one_database_at_the_same_time(demo, tmp_path):
    source, to = demo.source(), f"duckdb:{tmp_path / 'payments.duckdb'}"
    source.load(to, ["payouts"], pipeline="before")
    names = ["payments", "refunds", "mandates"]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda name: source.load(to, [name], pipeline=name), names))
    assert [report.rows for report in reports] == [1200] * 3


def test_sqlite_and_parquet(demo, tmp_path):
    assert demo.source().load(f"sqlite:{tmp_path / 'payments.db'}").rows == 4800
    database = sqlite3.connect(tmp_path / "payments.db")
    assert database.execute("select count(*) from payouts").fetchone() == (1200,)
    demo.source().load(f"parquet:{tmp_path / 'files'}", ["payments"])
    files = list((tmp_path / "files").rglob("*.parquet"))
    assert sum(pyarrow.parquet.read_metadata(file).num_rows for file in files) >= 1200


def test_a_limit_stops_and_the_next_load_resumes(demo, tmp_path):
    to = f"sqlite:{tmp_path / 'payments.db'}"
    first = demo.source().load(to, ["payments"], limit=500)
    assert not first.is_complete and first["payments"].outcome == "stopped" and first.rows == 500
    second = demo.source().load(to, ["payments"])
    assert second.is_complete and second["payments"].resumed and second.rows == 700


def test_what_failed_is_in_the_exception(serve, tmp_path):
    def answer(path, query):
        return {"items": [{"id": 1}], "pages": 1} if path == "/things" else (404, {"error": "gone"})

    description = things(serve(answer).url)
    description["resources"].append({"name": "others", "endpoint": {"path": "others", "paginator": "single_page"}})
    source = rest_source.Source(description)
    with pytest.raises(rest_source.LoadError, match="1 of 2 resources failed") as raised:
        source.load(f"sqlite:{tmp_path / 'a.db'}")
    error = raised.value
    assert error.kind == "incomplete" and not error.is_transient
    assert error.report["things"].rows == 1 and error.report["others"].outcome == "failed"
    [(name, reason)] = error.failures
    assert name == "others" and isinstance(reason, rest_source.FetchError) and reason.status == 404


def test_an_address_that_cannot_be_understood_says_how_it_is_written(demo):
    with pytest.raises(rest_source.LoadError, match="write it as `sqlite:payments.db`"):
        demo.source().load("payments.db")
    with pytest.raises(ValueError, match="`fail` or `quarantine`"):
        demo.source().load("sqlite:a.db", on_bad_record="ignore")


def test_records_that_cannot_be_stored_are_set_aside(serve, tmp_path):
    description = things(serve(pages([{"id": 1}, {"id": "x"}, {"id": 3}])).url, columns={"id": {"data_type": "bigint"}})
    source = rest_source.Source(description)
    with pytest.raises(rest_source.LoadError, match="page 1, record 2"):
        source.load(f"sqlite:{tmp_path / 'a.db'}")
    report = source.load(f"sqlite:{tmp_path / 'b.db'}", on_bad_record="quarantine")
    assert (report.rows, report["things"].rejected) == (2, 1)


def test_ctrl_c_commits_what_has_come_and_the_next_load_resumes(serve, tmp_path):
    is_slow = True

    def answer(path, query):
        page = int(query.get("page", 1))
        if page > 3 and is_slow:
            time.sleep(30)
        return {"items": [{"id": page}], "pages": 5}

    source = rest_source.Source(things(serve(answer).url))
    to = f"sqlite:{tmp_path / 'things.db'}"
    interrupt_after(1)
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        source.load(to)
    assert time.monotonic() - begin < 5
    count = sqlite3.connect(tmp_path / "things.db").execute("select count(*) from things").fetchone()
    assert count == (3,)
    is_slow = False
    report = source.load(to)
    assert report.is_complete and report["things"].resumed and report.rows == 2
