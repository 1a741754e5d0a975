"""A demo API, and servers whose pages a test says."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import rest_source

TOKEN = "demo-access-token"
#: The description that the command line has of its demo API.
PAYMENTS = Path(__file__).parents[2] / "demo" / "payments.yaml"


class Demo:
    """A demo API by the command in the wheel."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "rest_source", "demo", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        greeting = self.process.stdout.readline()
        found = re.search(r"http://[0-9.:]+", greeting)
        assert found, greeting
        self.url = found.group()

    def source(self, **options: Any) -> rest_source.Source:
        return rest_source.Source(PAYMENTS, base_url=self.url, secrets={"access_token": TOKEN}, **options)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(10) == 0


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """1,200 records of each resource, without failures."""
    demo = Demo("--records", "1200", "--fault-every", "0")
    yield demo
    demo.stop()


class Server:
    """A server on a free port that answers as a function says."""

    def __init__(self, answer: Callable[[str, dict[str, str]], Any]) -> None:
        self.requests: list[str] = []
        requests = self.requests

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                requests.append(self.path)
                url = urlsplit(self.path)
                try:
                    answered = answer(url.path, dict(parse_qsl(url.query)))
                except Exception as error:
                    answered = (500, {"error": str(error)})
                status, body = answered if isinstance(answered, tuple) else (200, answered)
                text = json.dumps(body).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except OSError:
                    # The client was interrupted.
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(answer: Callable[[str, dict[str, str]], Any]) -> Server:
        servers.append(Server(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def things(url: str, **resource: Any) -> dict[str, Any]:
    """A description with one resource, `things`, of numbered pages."""
    paginator = {"type": "page_number", "base_page": 1, "total_path": "pages"}
    endpoint = {"path": "things", "data_selector": "items", "paginator": paginator}
    return {
        "client": {"base_url": url, "retry": {"max_retries": 0}},
        "resources": [{"name": "things", "endpoint": endpoint, **resource}],
    }


def pages(*pages: list[Any]) -> Callable[[str, dict[str, str]], Any]:
    """Answers with these pages of items."""

    def answer(_: str, query: dict[str, str]) -> Any:
        page = int(query.get("page", 1))
        return {"items": pages[page - 1], "pages": len(pages)}

    return answer


def interrupt_after(seconds: float) -> None:
    """Presses Ctrl-C."""

    def press() -> None:
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
