from fieldserver import Reply, route, run, serve


@route("GET", "/items")
def items(request):
    rows = [{"id": day, "at": "2024-01-0%d" % day} for day in range(1, 3 + run)]
    rows = [row for row in rows if row["at"] >= request.query["since"]]
    return rows


serve()
