"""The data source of Spark, on Sail: a local cluster of two workers, and two workers that are processes."""

from __future__ import annotations

import datetime
import json
import signal
import threading
import time
from decimal import Decimal

import pyarrow
import pytest
import rest_source
from conftest import PAYMENTS, TOKEN, things
from pyspark import cloudpickle
from pyspark.errors import PySparkException
from rest_source.spark import RestSource
from sail import Pods, Sail, wait_for

SECRET = "canary-4d1f"
COUNT = 700


@pytest.fixture(scope="module")
def sail(tmp_path_factory):
    server = Sail(tmp_path_factory.mktemp("sail"), "local-cluster", ACCESS_TOKEN=TOKEN, SHOP_TOKEN=SECRET)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def spark(sail):
    session = sail.session()
    yield session
    session.stop()


def shop(url, **resource):
    """A description with one resource, `things`, whose pages are counted, so that it is cut."""
    paginator = {"type": "offset", "limit": 10, "total_path": "total"}
    endpoint = {"path": "things", "data_selector": "items", "paginator": paginator}
    columns = {"id": {"data_type": "bigint"}, "name": {"data_type": "text"}}
    auth = {"type": "bearer", "token": "{secrets.shop_token}"}
    return {
        "client": {"base_url": url, "retry": {"max_retries": 0}, "auth": auth},
        "resources": [{"name": "things", "columns": columns, "endpoint": endpoint, **resource}],
    }


def counted(count=COUNT, pause=0.0, extra=None):
    """Answers with pages of so many things."""

    def answer(_, query):
        time.sleep(pause)
        first = int(query.get("offset", 0))
        items = [{"id": id, "name": f"thing {id}"} | (extra(id) if extra else {}) for id in range(first, min(first + 10, count))]
        return {"items": items, "total": count}

    return answer


def options(description, **options):
    text = description if isinstance(description, str) else json.dumps(description)
    return {"description": text} | {name: str(value) for name, value in options.items()}


def frame(spark, description, schema=None, **named):
    reader = spark.read.format("rest_source").options(**options(description, **named))
    return (reader.schema(schema) if schema else reader).load()


CLOSED = {"schema_contract": {"columns": "discard_value"}}


def test_a_frame_has_each_record_of_all_slices_once(spark, serve):
    server = serve(counted())
    found = frame(spark, shop(server.url, **CLOSED), slices=7)
    assert found.columns == ["id", "name"]
    rows = found.collect()
    assert sorted(row.id for row in rows) == list(range(COUNT))
    assert {row.name for row in rows} == {f"thing {id}" for id in range(COUNT)}
    # One page is requested for cutting, and then each page by the one who has its slice.
    offsets = [int(request.partition("offset=")[2].partition("&")[0] or 0) for request in server.requests]
    assert sorted(offsets) == sorted([0, *range(0, COUNT, 10)])
    # What comes behind the fetch is done by the engine.
    assert found.groupBy((found.id % 7).alias("rest")).count().count() == 7


def test_what_cannot_be_cut_is_one_slice_and_says_why(sail, spark, demo):
    reader = spark.read.format("rest_source").option("base_url", demo.url).option("resource", "payments")
    payments = reader.load(str(PAYMENTS))
    assert payments.select("id").distinct().count() == payments.count() == 1200
    wait_for(lambda: "payments is fetched as one slice: where a page begins" in sail.log.read_text(), "the reason", sail.log)


def test_types_are_those_of_the_description(spark, serve):
    columns = {
        "id": {"data_type": "bigint"},
        "at": {"data_type": "timestamp"},
        "day": {"data_type": "date"},
        "clock": {"data_type": "time"},
        "local": {"data_type": "timestamp", "timezone": False},
        "price": {"data_type": "decimal", "precision": 10, "scale": 2},
        "rate": {"data_type": "double"},
        "is_open": {"data_type": "bool"},
        "tags": {"data_type": "json"},
        "raw": {"data_type": "binary"},
    }
    record = {
        "id": 1,
        "at": "2026-01-31T08:00:00.25+01:00",
        "day": "2026-01-31",
        "clock": "08:30:00",
        "local": "2026-01-31T08:00:00",
        "price": "12.50",
        "rate": 0.5,
        "is_open": True,
        "tags": ["a", {"b": 1}],
        "raw": "aGk=",
        "links": {"self": "/1"},
    }
    server = serve(lambda *_: {"items": [record, {"id": 2}], "total": 2})
    found = frame(spark, shop(server.url, columns=columns))
    types = {field.name: field.dataType.simpleString() for field in found.schema.fields}
    assert types == {
        "id": "bigint",
        "at": "timestamp",
        "day": "date",
        "clock": "string",
        "local": "timestamp_ntz",
        "price": "decimal(10,2)",
        "rate": "double",
        "is_open": "boolean",
        "tags": "string",
        "raw": "binary",
        "links__self": "string",
    }
    first, second = sorted(found.collect(), key=lambda row: row.id)
    assert (first.day, first.price, first.rate, first.is_open) == (datetime.date(2026, 1, 31), Decimal("12.50"), 0.5, True)
    assert (first.clock[:8], json.loads(first.tags), bytes(first.raw)) == ("08:30:00", ["a", {"b": 1}], b"hi")
    assert first.local == datetime.datetime(2026, 1, 31, 8) and first.links__self == "/1"
    [seconds] = found.where("id = 1").selectExpr("unix_millis(at)").first()
    assert seconds == 1769842800250
    assert all(value is None for value in second[1:])


def test_a_schema_may_be_given(spark, serve):
    server = serve(counted(30, extra=lambda id: {"size": id / 2}))
    found = frame(spark, shop(server.url), "size double, id string")
    assert found.columns == ["size", "id"]
    assert sorted((row.size, row.id) for row in found.collect())[1] == (0.5, "1")
    # No record was fetched to know it.
    assert len(server.requests) == 4
    closed = shop(server.url, **CLOSED)
    with pytest.raises(PySparkException, match="the frame has `size`, which the description does not declare"):
        frame(spark, closed, "size double, id string").collect()


def test_a_field_that_the_first_records_have_not_is_an_error(spark, serve):
    server = serve(counted(60, extra=lambda id: {"late": 1} if id >= 40 else {}))
    description = shop(server.url)
    with pytest.raises(PySparkException, match="things: records have `late`, and the frame has no such column"):
        frame(spark, description, slices=3, sample_rows=10).collect()
    assert frame(spark, description, slices=3).where("late = 1").count() == 20
    description["resources"][0] |= CLOSED
    assert frame(spark, description, slices=3).columns == ["id", "name"]
    mixed = serve(counted(60, extra=lambda id: {"size": 1 if id < 40 else "large"}))
    with pytest.raises(PySparkException, match="`size` is .* in the frame"):
        frame(spark, shop(mixed.url), slices=3, sample_rows=10).collect()


def test_errors_have_the_texts_of_the_command(spark, serve):
    server = serve(lambda *_: (403, {"error": "no"}))
    with pytest.raises(PySparkException, match="things, page 1: .* 403 Forbidden"):
        frame(spark, shop(server.url, **CLOSED)).collect()
    with pytest.raises(PySparkException, match="did you mean `primary_key`"):
        frame(spark, shop(server.url, primary_kye="id")).collect()
    with pytest.raises(PySparkException, match="the secret `token` is missing"):
        description = shop(server.url)
        description["client"]["auth"]["token"] = "{secrets.token}"
        frame(spark, description).collect()


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, "no description"),
        ({"file": "a.yaml", "path": "b.yaml"}, "both `file` and `path` name a description"),
        ({"description": "{}", "ressource": "x"}, "no option `ressource`\n  help: did you mean `resource`?"),
        ({"description": "{}", "slices": "0"}, "`slices` is a number above 0"),
        ({"description": "{}", "secrets": f"token={SECRET}"}, "`secrets` is a JSON object"),
    ],
)
def test_options_that_mean_nothing_are_refused(given, text):
    with pytest.raises(ValueError, match=text.split("\n")[0].replace("?", r"\?")) as raised:
        RestSource(given)
    assert text in str(raised.value) and SECRET not in str(raised.value)


def test_the_resource_is_named_where_there_are_several(demo):
    given = {"path": str(PAYMENTS), "base_url": demo.url, "secrets": json.dumps({"access_token": TOKEN})}
    with pytest.raises(ValueError, match="resources `payments`, `refunds`"):
        RestSource(given).schema()
    with pytest.raises(ValueError, match="no resource `invoices`"):
        RestSource(given | {"resource": "invoices"}).schema()


def test_slices_are_json_without_secrets(serve, monkeypatch):
    server = serve(counted(60))
    source = rest_source.Source(shop(server.url), secrets={"shop_token": SECRET})
    slices = source.things.slices(3)
    assert len(slices) == 3 and all(json.loads(slice)["resource"] == "things" for slice in slices)
    fetched = [pyarrow.table(source.things.arrow(slice=slice))["id"].to_pylist() for slice in slices]
    assert sum(fetched, []) == list(range(60)) and all(fetched)
    other = rest_source.Source(shop(server.url, primary_key="id"), secrets={"shop_token": SECRET})
    with pytest.raises(rest_source.FetchError, match="a part of a fetch with another description"):
        list(other.things.arrow(slice=slices[0]))

    # With the secret in the environment, nothing that is sent to a worker has it.
    monkeypatch.setenv("SHOP_TOKEN", SECRET)
    made = RestSource(options(shop(server.url, **CLOSED), slices=3))
    reader = made.reader(made.schema())
    partitions = reader.partitions()
    assert len(partitions) == 3
    sent = [made, reader, *partitions]
    assert not any(SECRET.encode() in cloudpickle.dumps(one) for one in sent)
    made, reader, *partitions = [cloudpickle.loads(cloudpickle.dumps(one)) for one in sent]
    batches = [batch for partition in partitions for batch in reader.read(partition)]
    assert pyarrow.Table.from_batches(batches)["id"].to_pylist() == list(range(60))

    # As an option it goes with the reader, and not with the slices.
    monkeypatch.delenv("SHOP_TOKEN")
    made = RestSource(options(shop(server.url, **CLOSED), slices=3, secrets=json.dumps({"shop_token": SECRET})))
    partitions = made.reader(made.schema()).partitions()
    assert len(partitions) == 3 and not any(SECRET.encode() in cloudpickle.dumps(one) for one in partitions)
    assert SECRET not in repr(made)


def test_no_log_of_the_engine_has_a_secret(sail, spark, serve):
    server = serve(counted(60))
    given = options(shop(server.url, **CLOSED), slices=3)
    assert spark.read.format("rest_source").options(**given).load().count() == 60
    description = shop(server.url, **CLOSED)
    description["client"]["auth"]["token"] = "{secrets.token}"
    given = options(description, secrets=json.dumps({"token": SECRET}))
    assert spark.read.format("rest_source").options(**given).load().count() == 60
    refused = serve(lambda *_: (403, {"error": f"{SECRET} is not allowed"}))
    description["client"]["base_url"] = refused.url
    with pytest.raises(PySparkException) as raised:
        spark.read.format("rest_source").options(**options(description, secrets=json.dumps({"token": SECRET}))).load().count()
    assert "403" in str(raised.value) and SECRET not in str(raised.value)
    assert SECRET not in sail.log.read_text()


@pytest.fixture
def pods(tmp_path):
    pods = Pods(tmp_path)
    yield pods
    pods.close()


@pytest.fixture
def cluster(tmp_path, pods):
    variables = {
        "KUBECONFIG": str(pods.config),
        "SHOP_TOKEN": SECRET,
        "SAIL_CLUSTER__WORKER_HEARTBEAT_INTERVAL_SECS": "1",
        "SAIL_CLUSTER__WORKER_HEARTBEAT_TIMEOUT_SECS": "3",
    }
    pods.variables = {"SHOP_TOKEN": SECRET}
    server = Sail(tmp_path, "kubernetes-cluster", **variables)
    yield server
    server.stop()


def test_a_worker_that_is_killed_loses_and_doubles_nothing(cluster, pods, serve):
    server = serve(counted(pause=0.05))
    session = cluster.session()
    found = frame(session, shop(server.url, **CLOSED), slices=8)
    give_up = time.monotonic() + 60
    # A first job starts the workers.
    assert session.range(10).count() == 10
    assert len(pods.processes) == 2

    def kill():
        wait_for(lambda: len(server.requests) > 20, "the middle of the job", cluster.log)
        pods.processes[0].send_signal(signal.SIGKILL)

    def each():
        return sorted((row.id, row["count"]) for row in found.groupBy("id").count().collect())

    killer = threading.Thread(target=kill)
    killer.start()
    # Sail 0.7 does not fetch a slice again that another worker had, once its rows are on their way: then the job fails,
    # and has no records. After a moment it knows that the worker is gone, and starts another one.
    failures = []
    while time.monotonic() < give_up:
        try:
            assert each() == [(id, 1) for id in range(COUNT)]
            break
        except PySparkException as error:
            failures.append(error)
            time.sleep(1)
    else:
        raise failures[-1]
    killer.join()
    assert pods.processes[0].wait(10) == -signal.SIGKILL
    # What the killed worker had was fetched again.
    assert len(server.requests) > COUNT / 10 + 1


def events(url, **incremental):
    cursor = {"cursor_path": "at", "initial_value": "2026-01-01T00:00:00Z", "end_value": "now"}
    cursor |= {"start_param": "since", "end_param": "until"}
    endpoint = {"path": "events", "data_selector": "$", "paginator": "single_page", "incremental": cursor | incremental}
    columns = {"id": {"data_type": "bigint"}, "at": {"data_type": "timestamp"}}
    return {
        "client": {"base_url": url},
        "resources": [{"name": "events", "primary_key": "id", "columns": columns, "endpoint": endpoint, **CLOSED}],
    }


def test_a_stream_has_each_record_once_and_the_same_part_again(serve):
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    at = lambda seconds: (now - datetime.timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
    records = [{"id": id, "at": at(3600 - id)} for id in range(100)]
    # The server knows no range: who reads leaves out what is not in it.
    server = serve(lambda *_: records)
    made = RestSource(options(events(server.url, window="10 minutes", initial_value=at(7200)), slices=4))

    def batch(start, end):
        reader = cloudpickle.loads(cloudpickle.dumps(made.streamReader(made.schema())))
        start, end = (json.loads(json.dumps(offset)) for offset in (start, end))
        partitions = [cloudpickle.loads(cloudpickle.dumps(one)) for one in reader.partitions(start, end)]
        assert len(partitions) <= 4
        batches = [batch for partition in partitions for batch in reader.read(partition)]
        return [id for batch in batches for id in batch["id"].to_pylist()]

    stream = made.streamReader(made.schema())
    first = stream.initialOffset()
    assert first == {"until": at(7200)}
    second = stream.latestOffset(first, None)
    assert at(65) < second["until"] <= at(55)
    assert stream.partitions(second, second) == []
    assert sorted(batch(first, second)) == list(range(100))

    # What has come since is in the next part, and a part that is read again is as it was.
    records += [{"id": 100, "at": second["until"]}, {"id": 101, "at": at(0)}]
    middle = {"until": at(3600 - 50)}
    assert sorted(batch(first, middle)) == list(range(50))
    assert sorted(batch(middle, second)) == list(range(50, 100))
    assert stream.latestOffset({"until": "2100-01-01T00:00:00Z"}) == {"until": "2100-01-01T00:00:00Z"}
    reader = RestSource(options(events(server.url), delay="0 seconds")).streamReader(made.schema())
    third = reader.latestOffset(second)
    assert batch(second, {"until": at(-3600)}) == [100, 101] and third["until"] >= at(0)


def test_what_cannot_be_a_stream_is_refused(serve):
    def reach(description, **named):
        made = RestSource(options(description, **named))
        return made.streamReader(None).initialOffset()

    url = serve(counted()).url
    with pytest.raises(rest_source.FetchError, match="things: it cannot be read as a stream: it has no `incremental` range"):
        reach(shop(url), secrets=json.dumps({"shop_token": SECRET}))
    with pytest.raises(rest_source.FetchError, match="events: it cannot be read as a stream: its `lag`.*`delay`"):
        reach(events(url, lag="2 days"), allow="append_with_lag")
    assert reach(events(url, lag="2 days"), allow="append_with_lag", delay="2 days") == {"until": "2026-01-01T00:00:00Z"}
    with pytest.raises(ValueError, match="`delay` is a number and a unit of time"):
        reach(events(url), delay="soon")
