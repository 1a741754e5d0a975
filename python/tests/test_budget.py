"""A budget of requests that the command, Python and Spark share, by a private PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time

import pytest
import rest_source
from conftest import things
from postgres import PASSWORD, Postgres

LIMIT = 20


@pytest.fixture(scope="module")
def postgres():
    server = Postgres()
    yield server
    server.stop()


def limited(url):
    """The things, with a limit that four who fetch them would exceed together."""
    description = things(url)
    description["client"]["rate_limit"] = {"requests": LIMIT, "per": "second", "burst": LIMIT}
    return description


def test_processes_share_the_limit_of_the_description(serve, postgres, tmp_path):
    seen = []
    lock = threading.Lock()

    def answer(_, query):
        with lock:
            seen.append(time.monotonic())
        return {"items": [{"id": int(query.get("page", 1))}], "pages": 30}

    file = tmp_path / "shop.json"
    file.write_text(json.dumps(limited(serve(answer).url)))
    environment = os.environ | {"BUDGET_URL": postgres.url, "NO_PROXY": "127.0.0.1"}
    command = [sys.executable, "-m", "rest_source", "fetch", str(file), "--budget", "env:BUDGET_URL", "--quiet"]
    fetches = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    ids = [record["id"] for record in rest_source.Source(file, budget=postgres.url).things.fetch()]
    assert ids == list(range(1, 31))
    for fetch in fetches:
        printed, _ = fetch.communicate(timeout=60)
        assert fetch.returncode == 0
        assert [json.loads(line)["id"] for line in printed.splitlines()] == ids
    assert len(seen) == 4 * 30
    # Of 120 requests, no second sees more than the limit.
    seen.sort()
    for index, at in enumerate(seen):
        assert sum(1 for later in seen[index:] if later - at < 1) <= LIMIT
    assert seen[-1] - seen[0] > 120 / LIMIT - 1.5


def run(*arguments, **variables):
    command = [sys.executable, "-m", "rest_source", *arguments]
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


def test_a_budget_that_there_cannot_be_is_an_error_that_shows_no_password(serve, postgres, tmp_path):
    server = serve(lambda *_: {"items": [], "pages": 1})
    file = tmp_path / "shop.json"
    file.write_text(json.dumps(limited(server.url)))
    status, text = run("fetch", str(file), "--budget", "env:NO_SUCH_VARIABLE")
    assert status == 2 and "the environment variable `NO_SUCH_VARIABLE` is not set" in text
    status, text = run("fetch", str(file), "--budget", f"mysql://root:{PASSWORD}@localhost")
    assert status == 2 and "help: write it as `env:BUDGET_URL`" in text and PASSWORD not in text
    status, text = run("fetch", str(file), "--budget-name", "shop")
    assert status == 2 and "--budget <DATABASE>" in text
    file.write_text(json.dumps(things(server.url)))
    status, text = run("load", str(file), "--to", f"sqlite:{tmp_path}/shop.db", "--budget", postgres.url)
    assert status == 2 and "the description has no `rate_limit`" in text and "rate_limit: {requests: 100, per: second}" in text
    with pytest.raises(rest_source.FetchError, match="has no `rate_limit`"):
        rest_source.Source(file, budget=postgres.url).things.fetch()
    # Nothing is sent without the budget.
    file.write_text(json.dumps(limited(server.url)))
    status, text = run("fetch", str(file), "--budget", "postgres://postgres@127.0.0.1:9/postgres")
    assert status == 1 and "the PostgreSQL server 127.0.0.1:9/postgres cannot be used" in text
    assert server.requests == []
