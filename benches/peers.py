#!/usr/bin/env python3
"""Fetches the same records from the same server by dlt, Airbyte's CDK, Meltano's Singer SDK and
rest_source, and prints what each of them takes.

    python3 benches/peers.py [--records 20000] [--repeats 3] [--only dlt]

Each of the four resources has that many records. The peers are installed from PyPI, in these
versions, each into a virtual environment of its own in `target/peers`; they need Python 3.10 to 3.13.

Every one runs in a process of its own and is asked for the records alone, as values of its language:
nothing is written anywhere. Time counts from before the source is made, when everything is imported.
rest_source fetches twice: with undeclared fields kept, as the peers do, and without them.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

PEERS = {"dlt": "dlt==1.31.0", "airbyte": "airbyte-cdk==7.39.1", "singer": "singer-sdk==0.54.9"}
OURS = {"rest_source, whole": "payments, whole", "rest_source": "payments"}
RESOURCES = ["payments", "refunds", "mandates", "payouts"]
FIELDS = ["id", "created_at", "amount", "currency"]

ROOT = Path(__file__).resolve().parent.parent
CARGO = ["--quiet", "--package", "rest_source_benches", "--no-default-features"]


def dlt(url):
    from dlt.sources.rest_api import rest_api_source

    paginator = {"type": "cursor", "cursor_param": "after", "cursor_path": "meta.cursors.after"}

    def described(name):
        endpoint = {"path": f"/v1/{name}", "data_selector": name, "params": {"limit": 500}}
        return {"name": name, "endpoint": endpoint | {"paginator": paginator}}

    config = {
        "client": {"base_url": url, "auth": {"type": "bearer", "token": "token"}},
        "resources": [described(name) for name in RESOURCES],
    }
    return lambda: rest_api_source(config)


def airbyte(url):
    import logging

    from airbyte_cdk.models import ConfiguredAirbyteCatalogSerializer, Type
    from airbyte_cdk.sources.declarative.concurrent_declarative_source import (
        ConcurrentDeclarativeSource,
    )

    properties = {name: {} for name in FIELDS}
    schema = {"type": "object", "properties": properties, "additionalProperties": True}
    after = "response['meta']['cursors']['after']"

    def stream(name):
        return {
            "type": "DeclarativeStream",
            "name": name,
            "primary_key": ["id"],
            "schema_loader": {"type": "InlineSchemaLoader", "schema": schema},
            "retriever": {
                "type": "SimpleRetriever",
                "requester": {
                    "type": "HttpRequester",
                    "url_base": url,
                    "path": f"/v1/{name}",
                    "http_method": "GET",
                    "request_parameters": {"limit": "500"},
                    "authenticator": {"type": "BearerAuthenticator", "api_token": "token"},
                },
                "record_selector": {
                    "type": "RecordSelector",
                    "extractor": {"type": "DpathExtractor", "field_path": [name]},
                },
                "paginator": {
                    "type": "DefaultPaginator",
                    "page_token_option": {
                        "type": "RequestOption",
                        "inject_into": "request_parameter",
                        "field_name": "after",
                    },
                    "pagination_strategy": {
                        "type": "CursorPagination",
                        "cursor_value": "{{ " + after + " }}",
                        "stop_condition": "{{ not " + after + " }}",
                    },
                },
            },
        }

    manifest = {
        "version": "7.0.0",
        "type": "DeclarativeSource",
        "check": {"type": "CheckStream", "stream_names": RESOURCES},
        "streams": [stream(name) for name in RESOURCES],
    }

    def configured(name):
        modes = ["full_refresh"]
        return {
            "stream": {"name": name, "json_schema": schema, "supported_sync_modes": modes},
            "sync_mode": "full_refresh",
            "destination_sync_mode": "append",
        }

    catalog = {"streams": [configured(name) for name in RESOURCES]}
    catalog = ConfiguredAirbyteCatalogSerializer.load(catalog)

    def records():
        source = ConcurrentDeclarativeSource(
            catalog=catalog, config={}, state=[], source_config=manifest
        )
        messages = source.read(logging.getLogger("peers"), {}, catalog, [])
        return (message.record for message in messages if message.type == Type.RECORD)

    return records


def singer(url):
    from singer_sdk import RESTStream, Tap
    from singer_sdk.authenticators import BearerTokenAuthenticator

    class Stream(RESTStream):
        url_base = url
        next_page_token_jsonpath = "$.meta.cursors.after"
        schema = {"type": "object", "properties": {name: {} for name in FIELDS}}

        @property
        def records_jsonpath(self):
            return f"$.{self.name}[*]"

        @property
        def authenticator(self):
            return BearerTokenAuthenticator(token="token")

        def get_url_params(self, context, next_page_token):
            return {"limit": 500} | ({"after": next_page_token} if next_page_token else {})

    class Source(Tap):
        name = "peers"
        config_jsonschema = {"type": "object", "properties": {}}

        def discover_streams(self):
            return [Stream(self, name=name, path=f"/v1/{name}") for name in RESOURCES]

    def records():
        for stream in Source(config={}).streams.values():
            yield from stream.get_records(None)

    return records


def fetch(peer, url):
    """Fetches in this process, and tells how many records and what it took."""
    records = {"dlt": dlt, "airbyte": airbyte, "singer": singer}[peer](url)
    began, cpu_before = time.perf_counter(), time.process_time()
    count = sum(1 for _ in records())
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu_before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("taken " + json.dumps([count, wall, cpu, peak]))


def environment(name, packages):
    """The interpreter of a virtual environment with these packages, which is made if it is not there."""
    folder = ROOT / "target" / "peers" / name
    installed = folder / " ".join(packages)
    if not installed.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", *packages], check=True)
        installed.touch()
    return folder / "bin" / "python"


def python(peer):
    """The interpreter of the peer's virtual environment."""
    return environment(peer, [PEERS[peer]])


def told(command, **variables):
    """What a process tells that it has taken."""
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | variables, text=True, stdout=subprocess.PIPE, check=True
    )
    [line] = [line for line in run.stdout.splitlines() if line.startswith("taken ")]
    return line.removeprefix("taken ")


def by_peer(peer, url, records):
    count, *taken = json.loads(told([python(peer), __file__, "--fetch", peer, url]))
    if count != records:
        sys.exit(f"{peer} has fetched {count} records in place of {records}")
    return taken


def by_us(work, url, records):
    command = ["cargo", "bench", *CARGO, "--bench", "fetch"]
    taken = told(command, BENCH_WORK=work, BASE_URL=url, EXPECTED=str(records))
    return [float(number) for number in taken.split()]


@contextlib.contextmanager
def serving(records, **variables):
    """The address of the server, which has that many records of each resource."""
    server = subprocess.Popen(
        ["cargo", "run", "--release", *CARGO, "--bin", "server"],
        cwd=ROOT,
        env=os.environ | {"RECORDS": str(records)} | variables,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()


def compare(names, records, repeats):
    for peer in PEERS.keys() & names:
        python(peer)
    with serving(records) as url:
        total = records * len(RESOURCES)
        taken = {name: [] for name in names}
        for _ in range(repeats):
            for name in names:
                one = by_us(OURS[name], url, total) if name in OURS else by_peer(name, url, total)
                taken[name].append(one)
    print(f"{total} records, medians of {repeats} runs.\n")
    print("| by | records/s | wall, s | CPU, s | peak, MiB |\n| --- | --- | --- | --- | --- |")
    for name in names:
        wall, cpu, peak = (statistics.median(numbers) for numbers in zip(*taken[name]))
        label = PEERS.get(name, name).replace("==", " ")
        print(f"| {label} | {total / wall:.0f} | {wall:.3f} | {cpu:.3f} | {peak:.1f} |")


def main():
    if sys.argv[1:2] == ["--fetch"]:
        return fetch(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--records", type=int, default=20_000, help="of each resource")
    parser.add_argument("--repeats", type=int, default=3)
    names = [*PEERS, *OURS]
    parser.add_argument("--only", choices=names, action="append")
    arguments = parser.parse_args()
    compare(arguments.only or names, arguments.records, arguments.repeats)


if __name__ == "__main__":
    main()
