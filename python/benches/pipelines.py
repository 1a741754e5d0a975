#!/usr/bin/env python3
"""Loads the payments of the demo API into DuckDB, by dlt with its own extraction, by dlt with that of rest_source, and by
rest_source alone, and prints what each of them takes.

    python python/benches/pipelines.py [--records 50000] [--rounds 5]

It needs `dlt`, `duckdb`, `pyarrow` and a wheel that was built in the profile `release` or `dist`. The API is served by
`rest-source demo` in a process of its own, without failures. Each run is a process of its own with an empty folder, and all of
them get the same dictionary. Time counts from before the source is made, when everything is imported, until the rows are committed.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

TOKEN = "demo-access-token"


def config(url):
    paginator = {"type": "cursor", "cursor_path": "meta.cursors.after", "cursor_param": "after"}
    return {
        "client": {"base_url": f"{url}/v1/", "auth": {"type": "bearer", "token": TOKEN}, "paginator": paginator},
        "resource_defaults": {
            "primary_key": "id",
            "write_disposition": "merge",
            "endpoint": {"params": {"limit": 500}},
        },
        "resources": [{"name": "payments", "endpoint": {"path": "payments", "data_selector": "payments"}}],
    }


def pipeline():
    import dlt

    destination = dlt.destinations.duckdb("warehouse.duckdb")
    return dlt.pipeline("payments", destination=destination, dataset_name="payments", pipelines_dir="pipelines")


def by_dlt(url):
    from dlt.sources.rest_api import rest_api_source

    return lambda: pipeline().run(rest_api_source(config(url), name="payments"))


def by_dlt_with_arrow(url):
    import pyarrow.compute
    import pyarrow.parquet  # noqa: F401
    import rest_source

    import dlt  # noqa: F401

    return lambda: pipeline().run(rest_source.dlt(rest_source.Source(config(url), name="payments")))


def by_rest_source(url):
    import rest_source

    return lambda: rest_source.Source(config(url), name="payments").load("duckdb:warehouse.duckdb")


WAYS = {
    "dlt, its own `rest_api_source`": (by_dlt, "payments.payments"),
    "dlt, `rest_source.dlt`": (by_dlt_with_arrow, "payments.payments"),
    "`rest_source` alone, `Source.load`": (by_rest_source, "payments"),
}


def run(way, url, records):
    """In a process of its own."""
    import duckdb

    prepare, table = WAYS[way]
    load = prepare(url)
    begin = time.perf_counter()
    load()
    wall = time.perf_counter() - begin
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with duckdb.connect("warehouse.duckdb") as database:
        [count] = database.execute(f"select count(*), count(distinct id) from {table}").fetchall()
    assert count == (records, records), count
    cpu = usage.ru_utime + usage.ru_stime
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": usage.ru_maxrss / 1024}))


def measure(way, url, records):
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, os.path.abspath(__file__), "--one", way, "--url", url, "--records", str(records)]
        environment = os.environ | {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
        done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--records", type=int, default=50_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--one", help=argparse.SUPPRESS)
    arguments.add_argument("--url", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one:
        run(given.one, given.url, given.records)
        return
    demo = [sys.executable, "-m", "rest_source", "demo", "--port", "0", "--fault-every", "0"]
    server = subprocess.Popen(
        [*demo, "--records", str(given.records)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        url = re.search(r"http://[0-9.:]+", server.stdout.readline()).group()
        measured = {way: [] for way in WAYS}
        for _ in range(given.rounds):
            # In turn, so that what else the machine does meets all of them.
            for way in WAYS:
                measured[way].append(measure(way, url, given.records))
                print(way, measured[way][-1], file=sys.stderr)
    finally:
        server.terminate()
    first = next(iter(WAYS))
    print("| by | wall, s | times as fast | CPU, s | records/s | peak, MiB |\n| --- | --- | --- | --- | --- | --- |")
    for way, rounds in measured.items():
        middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
        ratio = statistics.median(theirs["wall"] / ours["wall"] for theirs, ours in zip(measured[first], rounds))
        print(
            f"| {way} | {middle['wall']:.2f} | {ratio:.1f} | {middle['cpu']:.2f} "
            f"| {given.records / middle['wall']:.0f} | {middle['peak']:.0f} |"
        )


if __name__ == "__main__":
    main()
