"""Sources of dlt, in real pipelines."""

from __future__ import annotations

import shutil

import dlt
import pytest
import rest_source
from conftest import pages, things


@pytest.fixture
def pipeline(tmp_path):
    def make(name="shop"):
        return dlt.pipeline(
            name,
            pipelines_dir=str(tmp_path / "pipelines"),
            destination=dlt.destinations.duckdb(str(tmp_path / "warehouse.duckdb")),
            dataset_name="shop",
        )

    return make


def rows(pipeline, query):
    with pipeline.sql_client() as client:
        return client.execute_sql(query)


def test_a_source_is_loaded_with_its_keys_types_and_dispositions(demo, pipeline):
    run = pipeline()
    for _ in range(2):
        info = run.run(rest_source.dlt(demo.source()))
        info.raise_on_failed_jobs()
        found = rows(run, "select count(*), count(distinct id), min(typeof(created_at)) from payments")
        assert found == [(1200, 1200, "TIMESTAMP WITH TIME ZONE")]
    schema = run.default_schema
    assert schema.name == "payments"
    assert {"payments", "refunds", "mandates", "payouts"} <= set(schema.tables)
    assert schema.get_table("payments")["write_disposition"] == "merge"
    assert schema.get_table("payments")["columns"]["id"]["primary_key"] is True


def test_resources_are_chosen_by_name_or_by_dlt(demo, pipeline):
    source = rest_source.dlt(demo.source(), ["payments", "refunds"])
    assert list(source.resources) == ["payments", "refunds"]
    run = pipeline()
    run.run(source.with_resources("refunds").add_limit(1))
    assert set(run.default_schema.data_table_names()) == {"refunds"}


def test_columns_that_come_late_and_lists_are_loaded(serve, pipeline):
    server = serve(pages([{"id": 1, "tags": ["a"]}], [{"id": 2, "tags": [], "note": "new"}]))
    run = pipeline()
    run.run(rest_source.dlt(rest_source.Source(things(server.url), name="late"), batch_rows=1))
    assert rows(run, "select id, tags, note from things order by id") == [(1, '["a"]', None), (2, "[]", "new")]


@pytest.mark.parametrize("disposition", ["append", "replace", "merge"])
def test_dispositions(serve, pipeline, disposition):
    answers = [[{"id": 1, "n": 1}, {"id": 2, "n": 1}], [{"id": 2, "n": 2}, {"id": 3, "n": 2}]]

    def answer(path, query):
        return {"items": answers[0], "pages": 1}

    server = serve(answer)
    description = things(server.url, write_disposition=disposition, primary_key="id")
    run = pipeline()
    run.run(rest_source.dlt(rest_source.Source(description, name="shop")))
    answers.pop(0)
    run.run(rest_source.dlt(rest_source.Source(description, name="shop")))
    expected = {
        "append": [(1, 1), (2, 1), (2, 2), (3, 2)],
        "replace": [(2, 2), (3, 2)],
        "merge": [(1, 1), (2, 2), (3, 2)],
    }
    assert rows(run, "select id, n from things order by id, n") == expected[disposition]


def test_an_incremental_resource_continues_where_the_last_run_ended(serve, pipeline, tmp_path):
    known = [{"id": 1, "updated": "2026-01-01T00:00:00Z"}, {"id": 2, "updated": "2026-01-02T00:00:00Z"}]

    def answer(path, query):
        return {"items": [one for one in known if one["updated"] >= query.get("since", "")], "pages": 1}

    server = serve(answer)
    description = things(server.url, write_disposition="append", columns={"updated": {"data_type": "timestamp"}})
    since = {"type": "incremental", "cursor_path": "updated", "initial_value": "2025-01-01T00:00:00Z"}
    description["resources"][0]["endpoint"]["params"] = {"since": since}

    def load():
        run = pipeline()
        run.run(rest_source.dlt(rest_source.Source(description, name="shop")))
        return run

    load()
    known.append({"id": 3, "updated": "2026-01-03T00:00:00Z"})
    assert rows(load(), "select id from things order by id") == [(1,), (2,), (3,)]
    assert "since=2026-01-02" in server.requests[-1]
    # The place is in the state that dlt keeps in the destination, too.
    shutil.rmtree(tmp_path / "pipelines")
    known.append({"id": 4, "updated": "2026-01-04T00:00:00Z"})
    assert rows(load(), "select id from things order by id") == [(1,), (2,), (3,), (4,)]
    assert "since=2026-01-03" in server.requests[-1]


def test_a_failed_fetch_fails_the_run_and_loads_nothing_twice(serve, pipeline):
    is_broken = True

    def answer(path, query):
        page = int(query.get("page", 1))
        return (500, {"error": "broken"}) if page == 2 and is_broken else {"items": [{"id": page}], "pages": 2}

    source = rest_source.Source(things(serve(answer).url), name="shop")
    with pytest.raises(Exception, match="things, page 2") as raised:
        pipeline().run(rest_source.dlt(source, batch_rows=1))
    causes = [raised.value]
    while causes[-1].__cause__:
        causes.append(causes[-1].__cause__)
    assert any(isinstance(cause, rest_source.FetchError) for cause in causes)
    is_broken = False
    run = pipeline()
    run.run(rest_source.dlt(source, batch_rows=1))
    assert rows(run, "select id from things order by id") == [(1,), (2,)]


def test_the_dictionary_of_dlts_own_source_is_one_of_ours(demo, pipeline):
    from dlt.sources.rest_api import RESTAPIConfig, rest_api_source

    config: RESTAPIConfig = {
        "client": {
            "base_url": f"{demo.url}/v1/",
            "auth": {"type": "bearer", "token": "demo-access-token"},
            "paginator": {"type": "cursor", "cursor_path": "meta.cursors.after", "cursor_param": "after"},
        },
        "resource_defaults": {
            "primary_key": "id",
            "write_disposition": "merge",
            "columns": {"id": {"data_type": "text"}, "created_at": {"data_type": "timestamp"}},
            "endpoint": {"params": {"limit": 500}},
        },
        "resources": [{"name": "refunds", "endpoint": {"path": "refunds", "data_selector": "refunds"}}],
    }
    ours, theirs = pipeline("ours"), pipeline("theirs")
    ours.run(rest_source.dlt(rest_source.Source(config, name="ours")), dataset_name="ours")
    theirs.run(rest_api_source(config, name="theirs"), dataset_name="theirs")
    query = "select id, amount, currency, created_at from refunds order by id"
    assert len(rows(ours, query)) == 1200
    assert rows(ours, query) == rows(theirs, query)


def test_a_place_of_another_path_is_refused_for_an_append(serve, pipeline):
    server = serve(pages([{"id": 1, "n": 1}]))
    since = {"type": "incremental", "cursor_path": "n", "initial_value": 0}

    def load(path):
        description = things(server.url, write_disposition="append")
        description["resources"][0]["endpoint"] |= {"path": path, "params": {"since": since}}
        pipeline().run(rest_source.dlt(rest_source.Source(description, name="shop")))

    load("things")
    with pytest.raises(Exception, match="append rows that are there a second time"):
        load("others")
