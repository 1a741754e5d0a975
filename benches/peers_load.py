#!/usr/bin/env python3
"""Merges the same records from the same server into DuckDB by dlt and by rest_source, and prints what each
of them takes.

    DUCKDB_LIBRARY=…/libduckdb.so python3 benches/peers_load.py [--records 100000] [--repeats 3] [--only NAME]

Each record of the reference example has 13 fields, which become 17 columns of one table, merged by its key
into an empty database. dlt is installed from PyPI as in `peers.py`, into an environment of its own, and loads

- as its documentation begins: the source `rest_api`, which gives dictionaries, and no setting;
- the same with `loader_file_format="parquet"`;
- Arrow tables, which a resource written by hand makes of each page, without the source `rest_api`.

rest_source keeps undeclared fields, as dlt does, and once leaves them out. Every one runs in a process of its
own. Time counts from before the source is made, when everything is imported, to the end of the load.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import peers

PEERS = ["dlt, defaults", "dlt, parquet", "dlt, Arrow by hand"]
OURS = {"rest_source, whole": "duckdb, whole", "rest_source": "duckdb"}
INSTALLED = ["dlt[duckdb,parquet]==1.31.0", "duckdb==2.0.1", "pyarrow==26.0.1"]
CARGO = [*peers.CARGO, "--features", "arrow", "--bench", "arrow"]


def described(url):
    from dlt.sources.rest_api import rest_api_source

    paginator = {"type": "cursor", "cursor_param": "after", "cursor_path": "meta.cursors.after"}
    endpoint = {"path": "/v1/payments", "data_selector": "payments", "params": {"limit": 500}}
    payments = {
        "name": "payments",
        "primary_key": "id",
        "write_disposition": "merge",
        "endpoint": endpoint | {"paginator": paginator},
    }
    auth = {"type": "bearer", "token": "token"}
    return rest_api_source({"client": {"base_url": url, "auth": auth}, "resources": [payments]})


def by_hand(url):
    import dlt
    import pyarrow
    import requests

    @dlt.resource(name="payments", primary_key="id", write_disposition="merge")
    def payments():
        session, after = requests.Session(), None
        session.headers["authorization"] = "Bearer token"
        while True:
            parameters = {"limit": 500} | ({"after": after} if after else {})
            page = session.get(f"{url}/v1/payments", params=parameters).json()
            table = pyarrow.Table.from_pylist(page["payments"]).flatten()
            # Of a page without any value, the type of a column is unknown.
            kept = [field.name for field in table.schema if not pyarrow.types.is_null(field.type)]
            table = table.select(kept)
            yield table.rename_columns([name.replace(".", "__") for name in kept])
            after = page["meta"]["cursors"]["after"]
            if after is None:
                return

    return payments


def load(peer, url, folder):
    """Loads in this process, and tells what it took."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
    import dlt
    import duckdb
    import pyarrow  # noqa: F401

    began, cpu_before = time.perf_counter(), time.process_time()
    database = str(Path(folder) / "payments.duckdb")
    pipeline = dlt.pipeline(
        "bench",
        pipelines_dir=folder,
        destination=dlt.destinations.duckdb(database),
        dataset_name="bench",
    )
    if peer == "dlt, defaults":
        pipeline.run(described(url))
    elif peer == "dlt, parquet":
        pipeline.run(described(url), loader_file_format="parquet")
    else:
        pipeline.run(by_hand(url))
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu_before
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu += children.ru_utime + children.ru_stime
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    connection = duckdb.connect(database, read_only=True)
    [[count]] = connection.sql("SELECT count(*) FROM bench.payments").fetchall()
    print("taken " + json.dumps([count, wall, cpu, peak]))


def taken_by(name, python, url, records):
    with tempfile.TemporaryDirectory() as folder:
        if name in OURS:
            variables = {"BENCH_WORK": OURS[name], "BASE_URL": url, "EXPECTED": str(records)}
            database = str(Path(folder) / "payments.duckdb")
            taken = peers.told(["cargo", "bench", *CARGO], DATABASE=database, **variables)
            return [float(number) for number in taken.split()]
        count, *taken = json.loads(peers.told([python, __file__, "--load", name, url, folder]))
        if count != records:
            sys.exit(f"{name} has loaded {count} records in place of {records}")
        return taken


def compare(names, records, repeats):
    python = peers.environment("dlt-duckdb", INSTALLED)
    with peers.serving(records, ONLY="payments") as url:
        taken = {name: [] for name in names}
        for _ in range(repeats):
            for name in names:
                taken[name].append(taken_by(name, python, url, records))
    print(f"{records} records, medians of {repeats} runs.\n")
    print("| by | records/s | wall, s | CPU, s | peak, MiB |\n| --- | --- | --- | --- | --- |")
    for name in names:
        wall, cpu, peak = (statistics.median(numbers) for numbers in zip(*taken[name]))
        print(f"| {name} | {records / wall:.0f} | {wall:.2f} | {cpu:.2f} | {peak:.1f} |")


def main():
    if sys.argv[1:2] == ["--load"]:
        return load(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    names = [*PEERS, *OURS]
    parser.add_argument("--only", choices=names, action="append")
    arguments = parser.parse_args()
    compare(arguments.only or names, arguments.records, arguments.repeats)


if __name__ == "__main__":
    main()
