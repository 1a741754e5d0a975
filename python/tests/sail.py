"""Servers of Sail that tests start: a local cluster in one process, and one whose workers are processes of their own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

WORKERS = 2


class Sail:
    """A server of Spark Connect with a cluster of two workers, each of which runs two tasks at once."""

    def __init__(self, folder: Path, mode: str, **variables: str) -> None:
        self.log = folder / "sail.log"
        port = free_port()
        environment = os.environ | {
            "SAIL_MODE": mode,
            "SAIL_CLUSTER__WORKER_INITIAL_COUNT": str(WORKERS),
            "SAIL_CLUSTER__WORKER_MAX_COUNT": str(WORKERS),
            "SAIL_CLUSTER__WORKER_TASK_SLOTS": "8",
            "SAIL_EXECUTION__DEFAULT_PARALLELISM": "2",
            "RUST_LOG": "info",
            **variables,
        }
        command = [sys.executable, "-m", "pysail", "spark", "server", "--port", str(port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self.remote = f"sc://127.0.0.1:{port}"
        wait_for(lambda: is_open(port), "the server of Sail", self.log)

    def session(self) -> SparkSession:
        from rest_source.spark import RestSource

        session = SparkSession.builder.remote(self.remote).create()
        session.dataSource.register(RestSource)
        return session

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Pods:
    """As much of Kubernetes' interface as Sail uses: each pod is a process of this machine."""

    def __init__(self, folder: Path) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        #: Variables of the workers beside those that Sail gives them.
        self.variables: dict[str, str] = {}
        self.log = folder / "workers.log"
        pods = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                pod = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                pods.start(pod["spec"]["containers"][0]["env"])
                self.answer(201, pod)

            def do_DELETE(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                pods.stop()
                self.answer(200, {"kind": "Status", "apiVersion": "v1", "status": "Success"})

            def answer(self, status: int, body: Any) -> None:
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.config = folder / "kubeconfig.json"
        url = f"http://127.0.0.1:{self._server.server_port}"
        self.config.write_text(
            json.dumps(
                {
                    "apiVersion": "v1",
                    "kind": "Config",
                    "current-context": "pods",
                    "clusters": [{"name": "pods", "cluster": {"server": url}}],
                    "users": [{"name": "pods", "user": {}}],
                    "contexts": [{"name": "pods", "context": {"cluster": "pods", "user": "pods"}}],
                }
            )
        )

    def start(self, variables: list[dict[str, Any]]) -> None:
        # What has no value is the address of the pod.
        given = {one["name"]: one.get("value") or "127.0.0.1" for one in variables}
        environment = os.environ | given | self.variables
        command = [sys.executable, "-m", "pysail", "worker"]
        with self.log.open("a") as log:
            self.processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def close(self) -> None:
        self.stop()
        self._server.shutdown()
        self._server.server_close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def is_open(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def wait_for(done: Any, what: str, log: Path, seconds: float = 60) -> None:
    give_up = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < give_up, f"{what} is not there after {seconds} s:\n{log.read_text()}"
        time.sleep(0.05)

