"""The server of a field case: routes, JSON replies, a log of the requests, the number of the run.

    from fieldserver import Reply, route, serve

    @route("GET", "/items/{id}")
    def item(request):
        return {"id": request.parts["id"], "run": request.run}      # 200 and JSON

    @route("GET", "/broken")
    def broken(request):
        return Reply({"error": "later"}, 429, {"Retry-After": "1"})  # a text or bytes: as it stands

    serve()

What a handler returns is the answer: any JSON value, or a Reply. A path without a route is
answered 404.
"""
import argparse
import json
import os
import re
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

_arguments = argparse.ArgumentParser()
_arguments.add_argument("--port", type=int, default=0)
_arguments.add_argument("--run", type=int, default=1)
_arguments.add_argument("--log", default=None)
_options, _ = _arguments.parse_known_args()

run = _options.run
_routes = []
_lock = threading.Lock()
_log = open(_options.log, "a", encoding="utf-8") if _options.log else None


class Reply:
    """An answer other than 200 with JSON. `body`: None is no body, str and bytes go out as is."""

    def __init__(self, body=None, status=200, headers=None):
        self.body, self.status, self.headers = body, status, dict(headers or {})


class Request:
    """What the client sent: method, target (as sent), path, query (last value of each name), pairs
    (all, in order), headers, body (bytes), json (the body read as JSON, or None), parts (of the
    route's path), run, count (from 1, of this route), base (the server's address)."""


def route(method, path):
    """Answers `path` by the decorated function. `{name}` stands for one segment of it, a final
    `*` for anything."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]*)", re.escape(path)).replace(r"\*", ".*")

    def keep(handler):
        _routes.append([method, re.compile(pattern), handler, 0])
        return handler
    return keep


def note(text):
    """Adds a line to the log, which `requests_contain` and `requests_lack` see, `requests` not."""
    _write({"note": text})


def _write(entry):
    if _log:
        with _lock:
            _log.write(json.dumps(entry) + "\n")
            _log.flush()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def _answer(self):
        request = Request()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if (self.headers.get("Transfer-Encoding") or "").lower() == "chunked":
            body = self._chunks()
        url = urlsplit(self.path)
        request.method, request.target, request.path = self.command, self.path, url.path
        request.pairs = parse_qsl(url.query, keep_blank_values=True)
        request.query = dict(request.pairs)
        request.headers, request.body, request.run = self.headers, body, run
        request.base = "http://127.0.0.1:%d" % self.server.server_address[1]
        try:
            request.json = json.loads(body) if body else None
        except ValueError:
            request.json = None
        text = body.decode("utf-8", "replace")
        _write({"method": self.command, "target": self.path, "body": text})
        for entry in _routes:
            match = entry[1].fullmatch(url.path)
            if match and entry[0] in (self.command, "*"):
                with _lock:
                    entry[3] += 1
                    request.count = entry[3]
                request.parts = {name: unquote(value) for name, value in match.groupdict().items()}
                try:
                    reply = entry[2](request)
                except Exception as error:  # the case did not expect this request: -v shows it
                    note("server.py: %s: %s" % (type(error).__name__, error))
                    reply = Reply({"error": "not foreseen"}, 500)
                break
        else:
            reply = Reply({"error": "no such path"}, 404)
        if not isinstance(reply, Reply):
            reply = Reply(reply)
        self._send(reply)

    def _chunks(self):
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    def _send(self, reply):
        content, kind = reply.body, None
        if content is None:
            content = b""
        elif isinstance(content, str):
            content, kind = content.encode("utf-8"), "text/plain; charset=utf-8"
        elif not isinstance(content, bytes):
            content, kind = json.dumps(content).encode("utf-8"), "application/json"
        names = {name.lower() for name in reply.headers}
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            for one in value if isinstance(value, list) else [value]:
                self.send_header(name, one)
        if kind and "content-type" not in names:
            self.send_header("Content-Type", kind)
        if "content-length" not in names and reply.status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass  # the client has closed the connection


def serve():
    """Prints the port on a line of its own and answers until SIGTERM."""
    server = _Server(("127.0.0.1", _options.port), _Handler)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print(server.server_address[1])
    sys.stdout.flush()
    server.serve_forever()
