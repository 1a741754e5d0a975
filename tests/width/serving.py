"""A loopback server that answers plausible pages for the resources of a description."""

import datetime
import http.server
import json
import os
import re
import subprocess
import tempfile
import threading
import urllib.parse

import yaml

# How many records a page has, and how many pages there are.
RECORDS, PAGES = 3, 2
BEGINNING = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)
VALUES = {"bigint": 7, "double": 1.5, "decimal": 1.5, "bool": True, "date": "2024-02-03",
          "timestamp": "2024-02-03T04:05:06Z"}
# Filters that compare a field with a constant, or the first one of a list.
FILTERED = re.compile(r"@\.([\w.]+) (?:==|in) \[?('[^']*'|[\w.-]+)")


def fetch_all(cli, path, names):
    """Which of the resources can be fetched to their ends with records, and what is wrong with the others."""
    text = path.read_text()
    description = yaml.load(text, yaml.CSafeLoader)
    without_auth(description)
    source = Source(description)
    with source.server() as port, tempfile.TemporaryDirectory() as folder:
        served = os.path.join(folder, "served.json")
        with open(served, "w") as file:
            json.dump(description, file)
        command = [cli, "fetch", served, "--quiet", "--base-url", f"http://127.0.0.1:{port}"]
        command += source.settings()
        secrets = set(re.findall(r"\{secrets\.(\w+)\}", text))
        environment = {**os.environ, **{variable(name): "secret" for name in secrets},
                       "NO_PROXY": "127.0.0.1"}

        def run(chosen):
            try:
                return subprocess.run(command + chosen, capture_output=True, text=True,
                                      env=environment, timeout=60)
            except subprocess.TimeoutExpired:
                return None

        done = run(names)
        if done and not done.returncode and len(names) > 1:
            found = {json.loads(line)["resource"] for line in done.stdout.splitlines()}
            if found.issuperset(names):
                return names, {}
        fetched, wrong = [], {}
        for name in names:
            done = run([name])
            if done and not done.returncode and done.stdout:
                fetched.append(name)
            else:
                message = done.stderr if done else "it does not end"
                _, _, message = message.rpartition("error")
                wrong[name] = " ".join((message or "no records").split())[:400]
        return fetched, wrong


def without_auth(description):
    """Tokens are not fetched here, and servers beside the loopback one are not reached."""
    description["client"].pop("auth", None)
    description["client"].update(retry={"max_retries": 0})
    for resource in description["resources"]:
        resource["endpoint"].pop("auth", None)
    # Settings of authentications only would be unused.
    config = description.get("config") or {}
    for _ in config.copy():
        text = json.dumps(description)
        for name in [name for name in config if f"{{config.{name}}}" not in text]:
            del config[name]


def variable(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


class Source:
    """What is known of a description: its resources, and the fields that something names."""

    def __init__(self, description):
        self.text = json.dumps(description)
        self.config = description.get("config") or {}
        client = description["client"]
        defaults = (description.get("resource_defaults") or {}).get("endpoint") or {}
        self.resources = []
        self.requests = {}
        self.key = (description.get("resource_defaults") or {}).get("primary_key") or []
        for resource in description["resources"]:
            endpoint = {"paginator": client.get("paginator"), **defaults, **resource["endpoint"]}
            pattern = re.sub(r"\\\{.*?\\\}", "[^/?]+", re.escape(endpoint["path"].split("?")[0]))
            self.resources.append((resource, endpoint, re.compile(pattern + "/?")))
        # Paths with fewer placeholders are more specific.
        self.resources.sort(key=lambda of: of[1]["path"].count("{"))

    def settings(self):
        arguments = []
        for name in sorted(set(re.findall(r"\{config\.(\w+)\}", self.text))):
            setting = self.config.get(name) or {}
            if "default" in setting and "{" not in str(setting["default"]):
                continue
            kind = setting.get("type")
            time = re.search(r'"(initial_value|end_value)": "[^"]*\{config\.%s\}' % name, self.text)
            # A number is text, too.
            value = {"boolean": "true", "list": "a,b"}.get(kind, "5")
            if time:
                # What ends a range ends it behind the records, which are of yesterday.
                is_end = time[1] == "end_value"
                at = datetime.datetime.now(datetime.timezone.utc) if is_end else BEGINNING
                value = str(int(at.timestamp())) if kind == "integer" else at.strftime("%Y-%m-%dT%H:%M:%SZ")
            arguments += ["--set", f"{name}={value}"]
        return arguments

    def record(self, resource, endpoint, number):
        record = {}
        for name, column in (resource.get("columns") or {}).items():
            record[name] = VALUES.get(column.get("data_type"), f"text {number}")
        keys = resource.get("primary_key") or self.key
        fields = [keys] if isinstance(keys, str) else list(keys)
        fields += re.findall(r"\{record\.([^}]+)\}", json.dumps(resource))
        fields += re.findall(r"\{resources\.%s\.([^}]+)\}" % resource["name"], self.text)
        for other in self.resources:
            if f"{{resources.{resource['name']}." in json.dumps(other[0]):
                include = other[0].get("include_from_parent") or []
                fields += include.values() if isinstance(include, dict) else include
        for field in fields:
            if not field.startswith("_") and field not in record:
                put(record, field, f"value{number}")
        incremental = endpoint.get("incremental") or {}
        cursor = incremental.get("cursor_path")
        time = moment(incremental.get("cursor_format", "iso"))
        columns = resource.get("columns") or {}
        steps = resource.get("processing_steps") or []
        added = {name: value for step in steps for name, value in (step.get("add") or {}).items()}
        # What is added is not there before, and is what it is made of.
        for name in [*added, *(resource.get("include_from_each") or {})]:
            record.pop(name, None)
        for name, value in added.items():
            made_of = re.fullmatch(r"\{record\.([^}]+)\}", str(value))
            if made_of and made_of[1] not in columns:
                kind = VALUES.get((columns.get(name) or {}).get("data_type"), f"value{number}")
                put(record, made_of[1], time if name == cursor else kind)
        if cursor and keys_of(cursor)[0] not in added:
            put(record, cursor, time)
        # Records that the description keeps.
        for name, value in FILTERED.findall(" ".join(str(step.get("filter")) for step in steps)):
            if not name.startswith(tuple(added)) and name != cursor:
                put(record, name, yaml.safe_load(value))
        for key in fields:
            if record.get(key) in (VALUES["bigint"], VALUES["double"]):
                record[key] = number
            elif isinstance(record.get(key), str) and record[key].startswith("text"):
                record[key] = f"value{number}"
        return record

    def answer(self, target, request):
        """The body and headers of the answer to a request."""
        path = urllib.parse.urlsplit(target).path
        found = [of for of in self.resources if of[2].fullmatch(urllib.parse.unquote(path))]
        if not found:
            return 404, {}, json.dumps({"error": f"no resource has the path {path}"})
        # Of several resources of one path, those of the same request are answered together.
        found = [of for of in found if of[1]["path"].count("{") == found[0][1]["path"].count("{")]
        sent = plain(urllib.parse.unquote_plus(request))
        rank = [sum(len(text) for text in constants(of[1]) if text in sent) for of in found]
        found = [of for of, own in zip(found, rank) if own == max(rank)]
        resource, endpoint, _ = found[0]
        paginator = endpoint.get("paginator") or {}
        paginator = {"type": paginator} if isinstance(paginator, str) else paginator
        page = self.page(paginator, target, request)
        is_last = page >= PAGES or paginator.get("type") == "single_page"
        records = [self.record(resource, endpoint, RECORDS * page + at) for at in range(RECORDS)]
        if page > PAGES:
            records = []
        kind = endpoint.get("response_format", "json")
        kind = kind["type"] if isinstance(kind, dict) else kind
        if kind == "csv":
            names = list(records[0]) if records else ["id"]
            rows = [",".join(names)] + [",".join(str(record[name]) for name in names) for record in records]
            return 200, {}, "\n".join(rows) + "\n"
        if kind == "jsonl":
            return 200, {}, "".join(json.dumps(record) + "\n" for record in records)
        body = {}
        selector = endpoint.get("data_selector") or resource["name"]
        if kind == "xml":
            put(body, selector, records)
            return 200, {"Content-Type": "application/xml"}, xml(body)
        body = records if selector in ("$", "$.*", "$[*]") and not needs_object(paginator) else {}
        if isinstance(body, dict):
            put_records(body, selector, records)
            for other, its, _ in found[1:]:
                other_selector = its.get("data_selector") or other["name"]
                if not other_selector.startswith(("$", selector)):
                    others = [self.record(other, its, RECORDS * page + at) for at in range(RECORDS)]
                    put_records(body, other_selector, others if page <= PAGES else [])
        headers = {}
        self.lead_on(paginator, target, body, headers, page, is_last)
        return 200, headers, json.dumps(body)

    def page(self, paginator, target, request):
        if "rs_page" in target:
            return 2
        token = re.search(r"90000(\d)", request)
        if token:
            return int(token[1])
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(target).query))
        kind = paginator.get("type")
        if kind == "page_number" and "page_param" in paginator:
            value = query.get(paginator["page_param"], paginator.get("base_page", 0))
            return int(value) - int(paginator.get("page", paginator.get("base_page", 0))) + 1
        if kind == "offset" and "offset_param" in paginator:
            return int(query.get(paginator["offset_param"], 0)) // RECORDS + 1
        if kind not in ("page_number", "offset"):
            return 1
        # The number is somewhere in the request: its pages come one after the other.
        same = re.sub(r"(?<![\w.-])\d+(?![\w.-])", "#", request)
        self.requests[same] = self.requests.get(same, 0) + 1
        return self.requests[same]

    def lead_on(self, paginator, target, body, headers, page, is_last):
        kind = paginator.get("type")
        link = f"{target}{'&' if '?' in target else '?'}rs_page=2"
        if kind == "json_link":
            put(body, paginator.get("next_url_path", "next"), None if is_last else link)
        elif kind == "header_link" and not is_last:
            name = paginator.get("links_header", "Link")
            headers[name] = f'<{link}>; rel="{paginator.get("links_next_key", "next")}"'
        elif kind == "header_cursor" and not is_last:
            headers[paginator["cursor_key"]] = "900002"
        elif kind == "cursor":
            path = paginator["cursor_path"]
            if "[-1]" not in path:
                put(body, path, None if is_last else "900002")
            else:
                put_last(body, path, 900000 + page + 1)
        if isinstance(body, dict):
            link_path = paginator.get("next_url_path", "")
            if paginator.get("has_more_path") and not paginator["has_more_path"].startswith(f"{link_path}."):
                put(body, paginator["has_more_path"], not is_last)
            if paginator.get("end_path"):
                put(body, paginator["end_path"], is_last)
            if paginator.get("total_path") and kind == "page_number":
                put(body, paginator["total_path"], PAGES)

    def server(self):
        return Serving(self)


class Serving:
    """A server on a free port of the loopback interface, while it is entered."""

    def __init__(self, source):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode()
                sent = {name: value for name, value in self.headers.items() if name.lower().startswith("x-")}
                request = f"{self.path}\n{sent}\n{body}"
                try:
                    status, headers, answer = source.answer(self.path, request)
                except Exception as error:  # an answer that cannot be made is a failure of the resource
                    status, headers, answer = 400, {}, f"no answer: {error!r}"
                answer = answer.encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # A client that ends at an error leaves answers unread.
        self.http.handle_error = lambda *_: None

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self.http.server_port

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()


def plain(text):
    """A request as one line, without the escapes of JSON."""
    return " ".join(text.replace("\\n", " ").replace('\\"', '"').split())


def constants(endpoint):
    """The texts of a request's parameters and body that are the same in each."""
    def texts(value):
        if isinstance(value, dict):
            return [text for key, inner in value.items() for text in texts(inner)]
        if isinstance(value, list):
            return [text for inner in value for text in texts(inner)]
        text = str(value).replace("{{", "\0").replace("}}", "\1")
        return [] if "{" in text else [plain(text.replace("\0", "{").replace("\1", "}"))]

    keys = ["params", "headers", "json", "data"]
    return [text for key in keys for text in texts(endpoint.get(key) or {}) if len(text) > 1]


def keys_of(path):
    """The keys of a selector: `a.b['c d']` has three."""
    found = re.findall(r"\['([^']*)'\]|\[(-?\d+|\*)\]|([^.\[\]]+)", path.removeprefix("$"))
    return [quoted or plain or f"[{index}]" for quoted, index, plain in found]


def put(body, path, value):
    """Puts a value at a path; elements of lists on the way are the first ones."""
    keys = keys_of(path)
    for key in keys[:-1]:
        if key.startswith("["):
            continue
        if isinstance(body, list):
            body = body[-1]
        if not isinstance(body.get(key), (dict, list)):
            body[key] = {}
        body = body[key]
    if isinstance(body, list):
        body = body[-1]
    if keys and not keys[-1].startswith("["):
        body[keys[-1]] = value


def put_records(body, selector, records):
    keys = [key for key in keys_of(selector)]
    if keys and keys[-1] == "*":
        keys = keys[:-1]
    for key in keys[:-1]:
        if key == "*" or key.startswith("["):
            body = body.setdefault("item", {})
        else:
            body = body.setdefault(key, {})
    body[keys[-1] if keys else "records"] = records


def put_last(body, path, value):
    before, _, after = path.partition("[-1]")
    found = body
    for key in keys_of(before):
        found = found[key]
    if found:
        field = after.lstrip(".")
        is_text = isinstance(found[-1].get(field, ""), str)
        put(found[-1], field, str(value) if is_text else value)


def needs_object(paginator):
    """Whether a paginator looks for something beside the records."""
    paths = [paginator.get(key) for key in ["cursor_path", "next_url_path", "has_more_path", "end_path"]]
    return any(path and "[-1]" not in path for path in paths)


def moment(form):
    """A time in a format of the language."""
    time = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    seconds = int(time.timestamp())
    named = {"epoch": seconds, "epoch_ms": seconds * 1000, "epoch_us": seconds * 1000000,
             "iso": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
             "rfc2822": time.strftime("%a, %d %b %Y %H:%M:%S +0000")}
    if form in named:
        return named[form]
    return time.strftime(form.replace("%3f", "000").replace("%.f", "").replace("%:z", "+00:00"))


def xml(value, name=None):
    if isinstance(value, list):
        return "".join(xml(item, name) for item in value)
    inner = "".join(xml(item, key) for key, item in value.items()) if isinstance(value, dict) else str(value)
    return f"<{name}>{inner}</{name}>" if name else inner
