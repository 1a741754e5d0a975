"""Descriptions, their mistakes, and records as dictionaries."""

from __future__ import annotations

import itertools
import threading
import time

import pytest
import rest_source
from conftest import PAYMENTS, interrupt_after, pages, things


def test_a_source_has_its_resources_by_name_and_as_attributes(demo):
    source = demo.source()
    assert source.name == "payments"
    assert source.resources == ["payments", "refunds", "mandates", "payouts"]
    assert source["refunds"] is source.refunds
    assert [resource.name for resource in source] == source.resources
    assert "payments" in source and "invoices" not in source and "refunds" in dir(source)
    assert source.payments.primary_key == ["id"]
    assert source.payments.write_disposition == "merge"
    assert [column["data_type"] for column in source.payments.columns] == ["text", "timestamp", "bigint", "text"]
    with pytest.raises(AttributeError, match="no resource `invoices`: it has `payments`"):
        source.invoices
    with pytest.raises(KeyError, match="invoices"):
        source["invoices"]


def test_records_are_what_the_server_has_written(demo):
    payments = list(demo.source().payments.fetch())
    assert len(payments) == len({payment["id"] for payment in payments}) == 1200
    assert {type(payment["amount"]) for payment in payments} == {int}
    first = list(demo.source().payments.fetch(limit=3))
    assert first == payments[:3]
    assert list(itertools.islice(demo.source().payments, 2)) == payments[:2]


def test_pages_are_fetched_as_they_are_needed(serve):
    server = serve(pages(*[[{"id": page}] for page in range(100)]))
    records = rest_source.Source(things(server.url)).things.fetch()
    assert [next(records) for _ in range(3)] == [{"id": 0}, {"id": 1}, {"id": 2}]
    time.sleep(0.2)
    assert len(server.requests) < 20


def test_large_numbers_and_parameters_arrive_as_they_are(serve):
    server = serve(pages([{"id": 2**80, "text": "ü"}]))
    records = list(rest_source.Source(things(server.url)).things.fetch(params={"all": True, "kind": 1}))
    assert records == [{"id": 2**80, "text": "ü"}]
    assert "all=true" in server.requests[0] and "kind=1" in server.requests[0]


def test_mistakes_are_shown_all_at_once_with_their_places(tmp_path):
    file = tmp_path / "shop.yaml"
    file.write_text("client: {bas_url: https://example.com}\nresources:\n  - {name: a, primary_kye: id}\n")
    with pytest.raises(rest_source.DescriptionError) as raised:
        rest_source.Source(file)
    text = str(raised.value)
    assert f"{file}:1:10" in text and f"{file}:3:15" in text and "primary_key" in text
    assert "\x1b" not in text
    assert ("unknown_key", "error", 1, 10) in [
        (one["code"], one["severity"], one["line"], one["column"]) for one in raised.value.diagnostics
    ]
    assert isinstance(raised.value, rest_source.Error) and isinstance(raised.value, ValueError)


def test_a_file_that_is_not_there_is_the_error_of_python(tmp_path):
    with pytest.raises(FileNotFoundError):
        rest_source.Source(tmp_path / "missing.yaml")


def test_what_is_probably_a_mistake_warns():
    description = things("https://example.com")
    del description["resources"][0]["endpoint"]["paginator"]
    with pytest.warns(rest_source.DescriptionWarning, match="no paginator is configured") as warned:
        rest_source.Source(description)
    rest_source.Source(description, allow=["auto_paginator"])
    with pytest.raises(ValueError, match="did you mean `auto_paginator`"):
        rest_source.Source(description, allow=["auto_paginater"])
    assert warned[0].filename == __file__


def test_secrets_come_from_the_environment_or_the_call(demo, monkeypatch):
    monkeypatch.setenv("ACCESS_TOKEN", "demo-access-token")
    source = rest_source.Source(PAYMENTS, base_url=demo.url)
    assert next(source.payments.fetch())["id"]
    monkeypatch.delenv("ACCESS_TOKEN")
    source = rest_source.Source(PAYMENTS, base_url=demo.url)
    with pytest.raises(rest_source.FetchError) as raised:
        source.payments.fetch()
    assert raised.value.kind == "config"
    assert 'or give `secrets={"access_token": "VALUE"}`' in str(raised.value)
    assert "PAYMENTS__ACCESS_TOKEN" in str(raised.value)
    source = rest_source.Source(PAYMENTS, base_url=demo.url, secrets={"access_tokn": "x"})
    with pytest.raises(rest_source.FetchError, match="no secret `access_tokn`.*\n.*did you mean `access_token`"):
        source.payments.fetch()


def test_credentials_in_dictionaries_become_secrets_and_are_masked(serve):
    server = serve(lambda path, query: (403, {"error": f"{query.get('api_key')} is not allowed"}))
    description = things(server.url)
    auth = {"type": "api_key", "api_key": "sk_live_abc123", "location": "query", "name": "api_key"}
    description["client"]["auth"] = auth
    source = rest_source.Source(description)
    with pytest.raises(rest_source.FetchError) as raised:
        list(source.things.fetch())
    assert "api_key=sk_live_abc123" in server.requests[0]
    assert "sk_live_abc123" not in str(raised.value)
    assert (raised.value.kind, raised.value.status) == ("auth", 403)
    # What the caller has is unchanged.
    assert description["client"]["auth"] is auth and auth["api_key"] == "sk_live_abc123"


def test_an_object_in_a_dictionary_is_an_error_that_says_where():
    description = things("https://example.com")
    description["client"]["auth"] = object()
    with pytest.raises(TypeError, match="`client.auth` is an object of the class `object`"):
        rest_source.Source(description)


def test_arguments_fill_paths(serve):
    server = serve(pages([{"id": 1}]))
    description = things(server.url)
    description["resources"][0]["endpoint"]["path"] = "shops/{shop}/things"
    source = rest_source.Source(description)
    assert source.things.arguments == ["shop"]
    assert list(source.things.fetch(arguments={"shop": "a/b"})) == [{"id": 1}]
    assert server.requests[0].startswith("/shops/a%2Fb/things")
    with pytest.raises(rest_source.FetchError) as raised:
        source.things.fetch()
    assert 'give it by `arguments={"shop": "VALUE"}`' in str(raised.value)


def test_an_error_comes_behind_the_records_before_it(serve):
    def answer(path, query):
        page = int(query.get("page", 1))
        return {"items": [{"id": page}], "pages": 5} if page < 3 else (500, {"error": "broken"})

    records = rest_source.Source(things(serve(answer).url)).things.fetch()
    assert [next(records)["id"], next(records)["id"]] == [1, 2]
    with pytest.raises(rest_source.FetchError) as raised:
        next(records)
    error = raised.value
    assert (error.kind, error.status, error.resource, error.page) == ("status", 500, "things", 3)
    assert error.is_transient and "broken" in str(error)
    assert next(records, None) is None


def slow(path, query):
    time.sleep(30)


def test_ctrl_c_ends_waiting_at_once(serve):
    records = rest_source.Source(things(serve(slow).url)).things.fetch()
    interrupt_after(0.3)
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        next(records)
    assert time.monotonic() - begin < 2


def test_other_threads_run_while_one_waits(serve):
    released = threading.Event()

    def answer(path, query):
        # This server is a thread of this Python: it could not answer otherwise.
        assert released.wait(10)
        return {"items": [{"id": 1}], "pages": 1}

    records = rest_source.Source(things(serve(answer).url)).things.fetch()
    counted = 0

    def count():
        nonlocal counted
        while not released.is_set():
            counted += 1
            if counted == 10_000:
                released.set()

    threading.Thread(target=count, daemon=True).start()
    assert next(records) == {"id": 1}
    assert counted == 10_000


def test_warnings_of_the_engine_are_logged(serve, caplog):
    def answer(path, query):
        return {"items": [{"id": 1}], "total": 50}

    description = things(serve(answer).url)
    description["resources"][0]["endpoint"]["paginator"] = "single_page"
    assert len(list(rest_source.Source(description).things.fetch())) == 1
    said = [record.message for record in caplog.records if record.name == "rest_source"]
    assert any("`total` is 50 and 1 came" in text for text in said), said


def test_a_forked_process_fetches_by_itself(demo):
    import multiprocessing

    source = demo.source()
    assert next(source.payments.fetch())["id"]
    fork = multiprocessing.get_context("fork")
    queue = fork.Queue()
    child = fork.Process(target=lambda: queue.put(len(list(source.refunds.fetch(limit=600)))))
    child.start()
    assert queue.get(timeout=20) == 600
    child.join()


