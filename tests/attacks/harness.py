"""A server that sends whatever bytes an attack wants, and the command as it is run against it."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import parse_qsl

APPEND = "write_disposition: append"
REPLACE = "write_disposition: replace"
CURSOR = "{type: cursor, cursor_path: next, cursor_param: c}"


class NotHere(Exception):
    """What an attack needs is not on this machine."""


def attacks():
    """A decorator that keeps the attacks of a file."""
    def attack(function):
        attack.all.append((function.__name__.replace("_", "-"), function))
        return function
    attack.all = []
    return attack


class Request:
    def __init__(self, target, number):
        self.target, self.number = target, number
        self.path, _, query = target.partition("?")
        self.query = dict(parse_qsl(query, keep_blank_values=True))


def answer(body, status="200 OK", headers=()):
    """The bytes of a response. What is no text and no bytes becomes JSON."""
    if not isinstance(body, (str, bytes)):
        body = json.dumps(body)
    if isinstance(body, str):
        body = body.encode("utf-8", "surrogatepass")
    lines = ["HTTP/1.1 " + status, "Content-Type: application/json"]
    lines += ["Content-Length: %d" % len(body), *("%s: %s" % header for header in headers)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Server:
    """Answers requests by what `handler(request)` gives: bytes of a response, or a value for one.
    After a response of `(bytes, False)` the connection is closed."""

    def __init__(self, handler):
        self.handler, self.number, self.requests = handler, 0, []
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        data = b""
        with connection:
            try:
                while True:
                    while b"\r\n\r\n" not in data:
                        more = connection.recv(65536)
                        if not more:
                            return
                        data += more
                    head, data = data.split(b"\r\n\r\n", 1)
                    with self.lock:
                        self.number += 1
                        number = self.number
                    request = Request(head.decode("latin1").split(" ", 2)[1], number)
                    self.requests.append(request.target)
                    given = self.handler(request)
                    goes_on = True
                    if isinstance(given, tuple):
                        given, goes_on = given
                    connection.sendall(given if isinstance(given, bytes) else answer(given))
                    if not goes_on:
                        return
            except OSError:
                return

    def close(self):
        self.listener.close()


class Run:
    """How a command ended: `rc`, `out`, `err`, `wall` in seconds, `rss` in megabytes."""


class Work:
    """The folder of an attack, its servers, and the command."""

    def __init__(self, cli):
        self.cli, self.details, self.servers, self.files = str(cli), [], [], 0

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="attack-"))
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def server(self, handler):
        self.servers.append(Server(handler))
        return self.servers[-1]

    def file(self, text, name=None):
        self.files += 1
        path = self.folder / (name or "source%d.yaml" % self.files)
        path.write_text(text, encoding="utf-8")
        return path

    def source(self, url, *keys, paginator="single_page", selector="data", client="", endpoint=""):
        """A description with the resource `items`; `keys` are lines of it."""
        text = "client:\n  base_url: %s\n  timeout: 30\n  retry: {max_retries: 0}\n%s\n" % (url, client)
        text += "resources:\n  - name: items\n" + "".join("    %s\n" % key for key in keys)
        text += "    endpoint:\n      path: /items\n      paginator: %s\n" % paginator
        text += "      data_selector: %s\n" % selector if selector else ""
        return self.file(text + "".join("      %s\n" % line for line in endpoint.splitlines()))

    def run(self, *arguments, env=None, timeout=60, interrupt_after=None, kill_after=None):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            began, run = time.monotonic(), Run()
            process = subprocess.Popen(
                [self.cli, "rest-source", *map(str, arguments)], cwd=self.folder, stdout=out, stderr=err,
                stdin=subprocess.DEVNULL, env={**os.environ, "NO_PROXY": "127.0.0.1", **(env or {})},
            )
            timers = [threading.Timer(timeout, process.kill)]
            if interrupt_after:
                timers.append(threading.Timer(interrupt_after, process.send_signal, [signal.SIGINT]))
            if kill_after:
                timers.append(threading.Timer(kill_after, process.kill))
            for timer in timers:
                timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            run.rc = process.returncode = os.waitstatus_to_exitcode(status)
            for timer in timers:
                timer.cancel()
            run.wall, run.rss = time.monotonic() - began, usage.ru_maxrss / 1024
            for name, file in (("out", out), ("err", err)):
                file.seek(0)
                setattr(run, name, file.read().decode("utf-8", "replace"))
        shown = (" ".join(map(str, arguments))[:60], run.rc, run.wall, run.rss, run.err[:300])
        self.details.append("    %s: rc %s, %.1f s, %.0f MB: %r" % shown)
        assert "panicked" not in run.err, "it panics: " + run.err[:300]
        assert run.wall < timeout, "it was not at its end after %s s" % timeout
        return run

    def load(self, source, *arguments, **options):
        """Loads into the SQLite database beside the source."""
        database = "sqlite:%s.db" % source
        return self.run("load", source, "--to", database, "-q", *arguments, **options)

    def shell(self, script, **options):
        """`script` in a shell, `{}` standing for the command: its exit status and what it printed."""
        script = script.replace("{}", self.cli + " rest-source")
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, capture_output=True, stdin=subprocess.DEVNULL,
            timeout=options.get("timeout", 60), env={**os.environ, "NO_PROXY": "127.0.0.1"}, check=False,
        )
        text = (done.stdout + done.stderr).decode("utf-8", "replace")
        assert "panicked" not in text, "it panics: " + text[:300]
        return done.returncode, text


def rows(source, sql="select count(*) from items"):
    with sqlite3.connect("%s.db" % source) as database:
        return database.execute(sql).fetchall()


def count(source, table="items"):
    return rows(source, "select count(*) from " + table)[0][0]
