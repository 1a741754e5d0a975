"""Resources as streams of Arrow, read by the libraries that people have."""

from __future__ import annotations

import datetime
import decimal
import resource as limits
import time

import duckdb
import pandas
import polars
import pyarrow
import pytest
import rest_source
from conftest import interrupt_after, pages, things

COLUMNS = {
    "id": {"data_type": "bigint"},
    "at": {"data_type": "timestamp"},
    "price": {"data_type": "decimal", "precision": 10, "scale": 2},
    "note": {"data_type": "text"},
}


def declared(url, contract="freeze"):
    return rest_source.Source(things(url, columns=COLUMNS, schema_contract={"columns": contract}))


def thing(number):
    return {"id": number, "at": "2026-01-02T03:04:05Z", "price": f"{number}.50", "note": None}


def test_polars_reads_a_resource(demo):
    frame = polars.DataFrame(demo.source().payments)
    assert frame.height == 1200 and frame["id"].n_unique() == 1200
    assert frame.schema["created_at"] == polars.Datetime("us", "UTC")
    assert frame.schema["amount"] == polars.Int64
    # Since Polars 2 a series of structs, before a frame.
    series = polars.from_arrow(demo.source().refunds)
    assert len(series) == 1200 and series.struct.unnest().columns[0] == "id"


def test_duckdb_reads_a_resource_by_the_name_of_its_variable(demo):
    payments = demo.source().payments
    [(rows, total)] = duckdb.sql("select count(*), sum(amount) from payments").fetchall()
    assert rows == 1200
    assert total == sum(payment["amount"] for payment in payments.fetch())


def test_pyarrow_and_pandas_read_a_resource(demo):
    source = demo.source()
    table = pyarrow.table(source.payments)
    assert table.num_rows == 1200 and table.schema.field("created_at").type == pyarrow.timestamp("us", "UTC")
    reader = pyarrow.RecordBatchReader.from_stream(source.payments.arrow(batch_rows=500))
    assert [batch.num_rows for batch in reader] == [500, 500, 200]
    frame = pandas.DataFrame.from_arrow(source.payments)
    assert len(frame) == 1200 and frame["amount"].sum() == pyarrow.compute.sum(table["amount"]).as_py()


def test_values_are_exact(serve):
    source = declared(serve(pages([thing(1), thing(2)])).url)
    assert pyarrow.table(source.things).to_pylist()[1] == {
        "id": 2,
        "at": datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),
        "price": decimal.Decimal("2.50"),
        "note": None,
    }


def test_an_empty_resource_has_a_schema_and_no_rows(serve):
    source = declared(serve(pages([])).url)
    table = pyarrow.table(source.things)
    assert table.num_rows == 0 and table.schema.names == ["id", "at", "price", "note"]
    assert polars.DataFrame(source.things).schema["price"] == polars.Decimal(10, 2)
    things = source.things
    assert duckdb.sql("from things").fetchall() == []
    assert pyarrow.schema(source.things).names == table.schema.names


def test_nested_objects_are_columns_and_lists_are_json(serve):
    server = serve(pages([{"id": 1, "links": {"payout": "PO1"}, "lines": [{"a": 1}, {"a": 2}]}, {"id": 2, "lines": []}]))
    rows = pyarrow.table(rest_source.Source(things(server.url)).things).to_pylist()
    assert rows == [
        {"id": 1, "links__payout": "PO1", "lines": '[{"a": 1}, {"a": 2}]'},
        {"id": 2, "links__payout": None, "lines": "[]"},
    ]


def test_batches_are_fetched_as_they_are_needed_and_may_get_columns(serve):
    server = serve(pages(*[[{"id": page} | ({"new": page} if page > 1 else {})] for page in range(50)]))
    batches = rest_source.Source(things(server.url)).things.arrow(batch_rows=1)
    assert [next(batches).column_names for _ in range(3)] == [["id"], ["id"], ["id", "new"]]
    assert len(server.requests) < 20
    assert pyarrow.record_batch(next(batches)).to_pylist() == [{"id": 3, "new": 3}]
    assert sum(len(batch) for batch in batches) == 46


def test_a_limit_is_one_of_records(serve):
    server = serve(pages(*[[{"id": 2 * page}, {"id": 2 * page + 1}] for page in range(9)]))
    things_ = rest_source.Source(things(server.url)).things
    assert pyarrow.table(things_.arrow(limit=3))["id"].to_pylist() == [0, 1, 2]
    assert [len(batch) for batch in things_.arrow(limit=5, batch_rows=2)] == [2, 2, 1]
    assert [record["id"] for record in things_.fetch(limit=3)] == [0, 1, 2]


def test_columns_that_were_asked_for_are_not_fetched_twice(serve):
    server = serve(pages([{"id": 1}]))
    things_ = rest_source.Source(things(server.url)).things
    for count in (1, 2):
        assert duckdb.sql("from things_").fetchall() == [(1,)]
        assert len(server.requests) == count


def test_a_column_that_comes_late_is_an_error_of_a_stream(serve):
    server = serve(pages([{"id": 1}], [{"id": 2, "new": 2}]))
    source = rest_source.Source(things(server.url))
    with pytest.raises(OSError, match=r"new column `new`.*batch_rows=1_000_000"):
        pyarrow.table(source.things.arrow(batch_rows=1))
    assert pyarrow.table(source.things).to_pylist() == [{"id": 1, "new": None}, {"id": 2, "new": 2}]


def broken_at(last):
    def answer(path, query):
        page = int(query.get("page", 1))
        return {"items": [thing(page)], "pages": 9} if page < last else (500, {"error": "the disk is full"})

    return answer


def test_an_error_comes_behind_the_rows_before_it(serve):
    source = declared(serve(broken_at(4)).url)
    reader = pyarrow.RecordBatchReader.from_stream(source.things.arrow(batch_rows=1))
    assert [reader.read_next_batch()["id"].to_pylist() for _ in range(3)] == [[1], [2], [3]]
    with pytest.raises(OSError, match="things, page 4.*the disk is full"):
        reader.read_next_batch()
    batches = source.things.arrow(batch_rows=2)
    assert [len(next(batches)), len(next(batches))] == [2, 1]
    with pytest.raises(rest_source.FetchError) as raised:
        next(batches)
    assert (raised.value.kind, raised.value.page) == ("status", 4)
    for read in (polars.DataFrame, pyarrow.table, pandas.DataFrame.from_arrow):
        with pytest.raises(Exception, match="the disk is full"):
            read(source.things.arrow(batch_rows=1))
    things = source.things.arrow(batch_rows=1)
    with pytest.raises(duckdb.Error, match="the disk is full"):
        duckdb.sql("from things").fetchall()


def test_an_error_of_the_first_page_is_an_exception_of_this_package(serve):
    source = declared(serve(broken_at(1)).url)
    for read in (polars.DataFrame, pyarrow.table, pandas.DataFrame.from_arrow):
        with pytest.raises(rest_source.FetchError, match="the disk is full"):
            read(source.things)


def test_a_stream_is_read_once_and_a_resource_each_time(serve):
    source = declared(serve(pages([thing(1)])).url)
    stream = source.things.arrow()
    assert pyarrow.table(stream).num_rows == 1
    with pytest.raises(ValueError, match="this stream was read"):
        pyarrow.table(stream)
    assert pyarrow.table(source.things).num_rows == pyarrow.table(source.things).num_rows == 1


def test_a_stream_takes_as_much_memory_as_a_batch(serve):
    count = 200
    page = [{"id": number, "at": None, "price": None, "note": "x" * 1000} for number in range(1000)]

    def answer(path, query):
        page[0] = {"id": -int(query.get("page", 1))}
        return {"items": page, "pages": count}

    reader = pyarrow.RecordBatchReader.from_stream(declared(serve(answer).url).things)
    rows = 0
    for batch in reader:
        rows += batch.num_rows
        if rows == 50_000:
            before = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss
    assert rows == 1000 * count
    # 200 MB were read; a batch is 10 of them.
    assert limits.getrusage(limits.RUSAGE_SELF).ru_maxrss - before < 60_000


@pytest.mark.parametrize("read", [polars.DataFrame, pyarrow.table, pandas.DataFrame.from_arrow])
def test_ctrl_c_ends_a_reader(serve, read):
    def answer(path, query):
        page = int(query.get("page", 1))
        if page > 2:
            time.sleep(30)
        return {"items": [thing(page)], "pages": 9}

    stream = declared(serve(answer).url).things.arrow(batch_rows=1)
    interrupt_after(0.5)
    begin = time.monotonic()
    # The library raises its own error, behind which Python raises the interruption.
    with pytest.raises(KeyboardInterrupt):
        try:
            read(stream)
        finally:
            time.sleep(0)
    assert time.monotonic() - begin < 3


def test_the_column_types_that_are_not_declared_are_those_of_the_values(serve):
    server = serve(pages([{"id": 1, "share": 0.5, "is_paid": True, "name": "a"}]))
    schema = pyarrow.table(rest_source.Source(things(server.url)).things).schema
    assert [str(kind) for kind in schema.types] == ["int64", "double", "bool", "string"]
