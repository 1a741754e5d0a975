from fieldserver import Reply, route, run, serve


@route("GET", "/boards")
def boards(request):
    return [{"id": 1, "key": "one"}, {"id": 2, "key": "two"}]


@route("GET", "/items")
def items(request):
    return [{"id": number, "number": number} for number in range(int(request.query["since"]), 2 + run)]


serve()
