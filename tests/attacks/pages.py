"""Attacks on the end of a fetch: pages that are missing, move or say something else."""

from harness import APPEND, CURSOR, REPLACE, answer, attacks, count, rows

attack = attacks()
SCD2 = "write_disposition: {disposition: merge, strategy: scd2}"
NUMBERED = "{type: page_number, base_page: 1, total_path: total_pages}"


def keeps_rows(work, handler, *keys, table="items", sql=None, **options):
    """Loads while all is well, then what `handler(request, True)` gives: the rows stay, and it tells."""
    bad = [False]
    server = work.server(lambda request: handler(request, bad[0]))
    source = work.source(server.url, *keys, **options)
    assert work.load(source).rc == 0
    sql = sql or "select count(*) from items"
    before = rows(source, sql)
    bad[0] = True
    run = work.load(source)
    after = rows(source, sql)
    assert run.rc != 0, "exit status 0, rows before %s and after %s" % (before, after)
    assert after == before, "rows before %s and after %s" % (before, after)
    bad[0] = False
    assert work.load(source).rc == 0, "the next run does not succeed"
    assert rows(source, sql) == before


def numbered(answers):
    def handler(request, is_bad):
        page = int(request.query.get("page", 1))
        if is_bad and page == 5:
            return answers
        return {"data": [{"id": page * 10 + n} for n in range(10)], "total_pages": 10}
    return handler


@attack
def replaced_by_a_page_too_few(work):
    "Page 5 of 10 is 204, empty, or `null`; the table is replaced."
    for hole in (
        answer("", "204 No Content"), {"data": [], "total_pages": 10}, {"data": None, "total_pages": 10},
    ):
        keeps_rows(work, numbered(hole), REPLACE, paginator=NUMBERED)


@attack
def retired_by_a_page_too_few(work):
    "The same where versions of rows are kept."
    sql = "select count(*) from items where _valid_to is null"
    for hole in (answer("", "204 No Content"), {"data": [], "total_pages": 10}):
        keeps_rows(work, numbered(hole), SCD2, "primary_key: id", paginator=NUMBERED, sql=sql)


@attack
def replaced_by_nothing(work):
    "The only page, or the one that a cursor leads to, is 204 or `null`; the table is replaced."
    for hole in (answer("", "204 No Content"), answer("", "205 Reset"), {"data": None}):
        single = lambda request, is_bad, hole=hole: hole if is_bad else {"data": [{"id": 1}]}
        keeps_rows(work, single, REPLACE)

        def behind_cursor(request, is_bad, hole=hole):
            place = int(request.query.get("c", 0))
            if is_bad and place == 2:
                return hole
            return {"data": [{"id": place}], "next": str(place + 1) if place < 4 else None}
        keeps_rows(work, behind_cursor, REPLACE, paginator=CURSOR)


@attack
def cut_where_a_flag_says_more(work):
    "`more` is true and nothing leads to the next page; the table is replaced."
    def handler(request, is_bad):
        place = int(request.query.get("c", 0))
        following = None if is_bad and place == 4 or place == 9 else place + 1
        return {"data": [{"id": place}], "more": place < 9, "next": following}
    paginator = "{type: cursor, cursor_path: next, cursor_param: c, has_more_path: more}"
    keeps_rows(work, handler, REPLACE, paginator=paginator)


@attack
def replaced_by_an_error_object(work):
    "An error with status 200 is no record; the table is replaced."
    def handler(request, is_bad):
        return {"error": "rate limited"} if is_bad else [{"id": 1}, {"id": 2}]
    keeps_rows(work, handler, REPLACE, selector="")


@attack
def records_that_move_while_offsets_count(work):
    "A record in front is deleted, or inserted, for each page, and the total shows it."
    for change in (-1, 1):
        items = list(range(1_000, 1_300))

        def handler(request, is_bad, items=items, change=change):
            offset = int(request.query.get("offset", 0))
            page = {"data": [{"id": i} for i in items[offset:offset + 100]], "total": len(items)}
            if is_bad and change < 0:
                items.pop(0)
            elif is_bad:
                items.insert(0, items[0] - 1)
            return page
        server_is_bad = [False]
        server = work.server(lambda request: handler(request, server_is_bad[0]))
        paginator = "{type: offset, limit: 100, total_path: total}"
        source = work.source(server.url, REPLACE, paginator=paginator, client="  concurrency: 1")
        assert work.load(source).rc == 0
        server_is_bad[0] = True
        run = work.load(source)
        assert run.rc != 0 and "total" in run.err, "exit status %d: %s" % (run.rc, run.err[:300])
        assert count(source) == 300, "rows are lost"
        server_is_bad[0] = False
        assert work.load(source).rc == 0
        stored = {row[0] for row in rows(source, "select id from items")}
        assert stored == set(items) and count(source) == len(items), "the next run does not restart"
        server_is_bad[0] = True
        source = work.source(server.url, APPEND, paginator=paginator, client="  concurrency: 1")
        run = work.load(source)
        assert run.rc != 0 or "total" in run.err, "an append says nothing"


@attack
def records_that_move_while_a_replace_is_interrupted(work):
    "A record in front is deleted between the run that was killed and the one that resumes."
    items, is_slow = list(range(600)), [True]

    def handler(request):
        offset = int(request.query.get("offset", 0))
        if is_slow[0] and offset == 300:
            return answer("", "500 X")
        return {"data": [{"id": i} for i in items[offset:offset + 100]], "total": len(items)}
    server = work.server(handler)
    source = work.source(
        server.url, REPLACE, paginator="{type: offset, limit: 100, total_path: total}",
        client="  concurrency: 1",
    )
    assert work.load(source).rc != 0
    items.pop(0)
    is_slow[0] = False
    run = work.load(source)
    if run.rc == 0:
        stored = {row[0] for row in rows(source, "select id from items")}
        assert set(items) <= stored, "lost in silence: %s" % sorted(set(items) - stored)
    assert work.load(source).rc == 0
    assert {row[0] for row in rows(source, "select id from items")} == set(items)


@attack
def server_that_closes_after_each_page(work):
    "A server closes the connection after each of 20 pages."
    def handler(request):
        place = int(request.query.get("c", 0))
        return answer({"data": [{"id": place}], "next": str(place + 1) if place < 19 else None}), False
    run = work.run("fetch", work.source(work.server(handler).url, paginator=CURSOR), "-q", timeout=60)
    assert run.rc == 0 and run.out.count("\n") == 20, run.err[:300]
    assert run.wall < 15, "it takes %.0f s" % run.wall
