"""Attacks on memory and time: what is sent is small, what it asks for is not."""

import gzip
import json

from harness import APPEND, CURSOR, answer, attacks

attack = attacks()
MEGABYTES = 400


def compressed(body):
    packed = gzip.compress(body)
    return lambda request: answer(packed, headers=[("Content-Encoding", "gzip")])


def refused(run, *words):
    assert run.rss < MEGABYTES, "it takes %.0f MB" % run.rss
    assert run.rc != 0, "it succeeds"
    for word in words:
        assert word in run.err, "the error does not name %s: %s" % (word, run.err[:300])


@attack
def records_by_the_million(work):
    "A compressed page of 20 kB has 10 million records."
    for record in (b"0", b"{}", b"[]"):
        body = b'{"data":[' + record + (b"," + record) * 10_000_000 + b"]}"
        server = work.server(compressed(body))
        for selector in ("data", ""):
            source = work.source(server.url, selector=selector)
            refused(work.run("fetch", source, "-q"), "max_page_records")


@attack
def list_of_millions_in_one_record(work):
    "One record has a list of 5 million numbers, each of which would be a row."
    server = work.server(compressed(b'{"data":[{"a":[0' + b",0" * 5_000_000 + b"]}]}"))
    refused(work.load(work.source(server.url)), "max_page_records")


@attack
def lists_of_one_record_together(work):
    "One record has twenty lists of 200,000 numbers."
    lists = {"l%d" % n: [0] * 200_000 for n in range(20)}
    server = work.server(compressed(json.dumps({"data": [lists]}).encode()))
    run = work.load(work.source(server.url), timeout=120)
    assert run.rc != 0 and "data_type: json" in run.err, run.err[:300]
    assert run.rss < 1_500, "it takes %.0f MB" % run.rss


@attack
def lists_of_many_records(work):
    "A thousand records have a list of 9,000 numbers each, on one page or on many."
    record = b'{"a":[0' + b",0" * 9_000 + b"]}"
    server = work.server(compressed(b'{"data":[' + record + (b"," + record) * 1_000 + b"]}"))
    run = work.load(work.source(server.url), timeout=120)
    assert run.rc != 0 and "smaller pages" in run.err, run.err[:300]
    assert run.rss < 1_500, "it takes %.0f MB" % run.rss
    page = gzip.compress(b'{"data":[' + record + (b"," + record) * 20 + b'],"next":"1"}')
    last = gzip.compress(b'{"data":[]}')

    def pages(request):
        body = page if request.number < 30 else last
        body = gzip.compress(gzip.decompress(body).replace(b'"1"', b'"%d"' % request.number))
        return answer(body, headers=[("Content-Encoding", "gzip")])
    run = work.load(work.source(work.server(pages).url, APPEND, paginator=CURSOR), timeout=300)
    assert run.rc == 0, run.err[:300]
    assert run.rss < 1_500, "it takes %.0f MB" % run.rss


@attack
def lists_as_tables_by_the_thousand(work):
    "One record has a hundred thousand lists, each of which would be a table."
    record = {"id": 1, **{"l%d" % n: [n] for n in range(100_000)}}
    server = work.server(lambda request: {"data": [record]})
    refused(work.load(work.source(server.url), timeout=30), "record 1", "data_type: json")


@attack
def fields_as_columns_by_the_thousand(work):
    "Each record has fields of its own, and so has each of their lists."
    records = [{"l%d" % n: [{"f%d_%d" % (n, k): k for k in range(900)}]} for n in range(100)]
    server = work.server(lambda request: {"data": records})
    refused(work.load(work.source(server.url), timeout=60), "data_type: json")


@attack
def one_value_of_the_cursor_for_all(work):
    "All records have one value of the incremental cursor: time grows with their number."
    def load(number):
        pages = [
            answer({
                "data": [{"id": i, "at": 7} for i in range(page * 500, page * 500 + 500)],
                "next": str(page + 1) if (page + 1) * 500 < number else None,
            }) for page in range(number // 500)
        ]
        server = work.server(lambda request: pages[int(request.query.get("c", 0))])
        source = work.source(
            server.url, APPEND, "primary_key: id", paginator=CURSOR,
            endpoint="incremental: {cursor_path: at, initial_value: 0}",
        )
        run = work.load(source, timeout=120)
        assert run.rc == 0, run.err[:300]
        assert run.rss < MEGABYTES, "it takes %.0f MB" % run.rss
        return run.wall
    once, four_times = load(40_000), load(160_000)
    assert four_times < 8 * once + 1, "40,000 took %.1f s, 160,000 %.1f s" % (once, four_times)


@attack
def checkpoint_of_many_parents(work):
    "A checkpoint holds a range for each parent, and is not written anew for each of them."
    def fetch(number):
        def handler(request):
            if request.path == "/parents":
                return [{"id": n} for n in range(number)]
            return [{"id": 1, "at": 5}]
        server = work.server(handler)
        source = work.file("""client: {base_url: "%s", paginator: single_page}
resources:
  - {name: parents, selected: false, endpoint: {path: parents, data_selector: $}}
  - name: kids
    endpoint:
      path: "parents/{resources.parents.id}/kids"
      data_selector: $
      incremental: {cursor_path: at, initial_value: 1, start_param: since}
""" % server.url)
        run = work.run("fetch", source, "kids", "--checkpoint", "%s.state" % source, "-q", timeout=120)
        assert run.rc == 0 and run.out.count("\n") == number, run.err[:300]
        return run.wall
    once, four_times = fetch(2_000), fetch(8_000)
    assert four_times < 8 * once + 1, "2,000 took %.1f s, 8,000 %.1f s" % (once, four_times)


@attack
def description_without_end(work):
    "The description is a device or a pipe that has no end."
    for script in ("{} check /dev/zero", "yes | {} check -", "{} check <(yes)", "{} fetch /dev/zero"):
        rc, text = work.shell("ulimit -v 3000000; " + script, timeout=30)
        assert rc in (1, 2), "%s: %d: %s" % (script, rc, text[:200])


@attack
def masking_of_a_megabyte_of_separators(work):
    "An answer of `&` is shown with secrets masked, within a time that grows with it."
    for body, status in ((b"&" * 1_000_000, "500 X"), (b"<html>" + b"&" * 2_000_000, "200 OK")):
        server = work.server(lambda request, body=body, status=status: answer(body, status))
        source = work.source(server.url, client='  auth: {type: bearer, token: "{secrets.key}"}')
        run = work.run("fetch", source, env={"KEY": "abcdefgh12345678"}, timeout=60)
        assert run.wall < 15, "%d bytes take %.0f s" % (len(body), run.wall)


@attack
def cursor_of_ten_megabytes(work):
    "A page cursor of 10 MB comes again, and the error shows it."
    server = work.server(lambda request: {"data": [{"id": request.number}], "next": "b" * 10_000_000})
    run = work.run("fetch", work.source(server.url, paginator=CURSOR))
    assert run.rc != 0
    assert len(run.err) < 20_000, "the error has %d bytes" % len(run.err)
