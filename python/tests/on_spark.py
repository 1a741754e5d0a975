#!/usr/bin/env python3
"""The data source on a real Spark with two executors: a batch of which one is killed, and a stream that is restarted.

    pip install ./python pyspark==4.2.1
    python python/tests/on_spark.py

It needs Java 17. Prints what it has seen, and fails if a record is lost or doubled.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pyspark
from pyspark.sql import SparkSession
from rest_source.spark import RestSource

COUNT = 1_000
SECRET = "canary-4d1f"
DESCRIPTION = {
    "client": {"auth": {"type": "bearer", "token": "{secrets.shop_token}"}, "retry": {"max_retries": 0}},
    "resource_defaults": {"primary_key": "id", "schema_contract": {"columns": "discard_value"}},
    "resources": [
        {
            "name": "things",
            "columns": {"id": {"data_type": "bigint"}},
            "endpoint": {
                "path": "things",
                "data_selector": "items",
                "paginator": {"type": "offset", "limit": 10, "total_path": "total"},
            },
        },
        {
            "name": "events",
            "columns": {"id": {"data_type": "bigint"}, "at": {"data_type": "timestamp"}},
            "endpoint": {
                "path": "events",
                "data_selector": "items",
                "paginator": "single_page",
                "incremental": {"cursor_path": "at", "start_param": "since", "window": "10 minutes"},
            },
        },
    ],
}


class Api:
    """Things in pages, and events that are added."""

    def __init__(self):
        self.events, self.requests, api = [], 0, self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                url = urlsplit(self.path)
                first = int(dict(parse_qsl(url.query)).get("offset", 0))
                api.requests += 1
                answer = {"items": api.events}
                if url.path == "/things":
                    time.sleep(0.05)
                    answer = {"items": [{"id": id} for id in range(first, min(first + 10, COUNT))], "total": COUNT}
                text = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"

    def add(self, count, ago):
        at = (datetime.now(timezone.utc) - timedelta(seconds=ago)).isoformat()
        self.events = self.events + [{"id": len(self.events) + id, "at": at} for id in range(count)]


def executors():
    """The processes of the executors of this program."""
    found = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [int(line.split()[0]) for line in found if "CoarseGrainedExecutorBackend" in line and os.environ["RUN"] in line]


def kill_one(api):
    while api.requests < 30:
        time.sleep(0.02)
    os.kill(executors()[0], signal.SIGKILL)
    print("killed an executor after", api.requests, "requests")


def check(what, ids, count):
    wrong = {id: times for id, times in Counter(ids).items() if times != 1}
    missing = set(range(count)) - set(ids)
    print(f"{what}: {len(ids)} records, {len(wrong)} doubled, {len(missing)} lost")
    if wrong or missing:
        sys.exit(1)


def main():
    os.environ |= {"RUN": f"run-{os.getpid()}", "SHOP_TOKEN": SECRET}
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    api = Api()
    spark = (
        SparkSession.builder.master("local-cluster[2,2,1024]")
        .config("spark.executor.extraJavaOptions", f"-Drun={os.environ['RUN']}")
        .config("spark.executorEnv.SHOP_TOKEN", SECRET)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.dataSource.register(RestSource)
    text = json.dumps(DESCRIPTION | {"client": DESCRIPTION["client"] | {"base_url": api.url}})

    things = spark.read.format("rest_source").option("description", text).option("resource", "things").load()
    print("partitions:", things.rdd.getNumPartitions())
    killer = threading.Thread(target=kill_one, args=(api,))
    killer.start()
    ids = [row.id for row in things.collect()]
    killer.join()
    check("a batch whose executor was killed", ids, COUNT)

    with tempfile.TemporaryDirectory() as folder:

        def run():
            stream = spark.readStream.format("rest_source").option("description", text).option("resource", "events")
            written = stream.option("delay", "5 seconds").load().writeStream.format("parquet").trigger(availableNow=True)
            query = written.option("checkpointLocation", f"{folder}/checkpoint").start(f"{folder}/events")
            query.awaitTermination()
            return [row.id for row in spark.read.parquet(f"{folder}/events").collect()]

        api.add(100, ago=3600)
        check("a stream", run(), 100)
        check("the same one restarted, with nothing new", run(), 100)
        api.add(50, ago=0)
        time.sleep(7)
        check("and restarted with new records", run(), 150)
        offsets = sorted(Path(folder, "checkpoint", "offsets").iterdir())
        texts = [offset.read_text() for offset in offsets if not offset.name.startswith(".")]
        print("the last offset:", texts[-1].splitlines()[-1])
        if any(SECRET in text for text in texts):
            sys.exit("the checkpoint has a secret")


if __name__ == "__main__":
    main()
