from fieldserver import route, run, serve


@route("GET", "/items")
def items(request):
    records = [{"id": number, "at": f"2026-0{number}-01T00:00:00Z"} for number in range(1, run + 1)]
    return [record for record in records if record["at"] >= request.query["since"]]


serve()
