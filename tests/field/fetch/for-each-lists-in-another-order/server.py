from fieldserver import Reply, route, run, serve


@route("GET", "/items")
def items(request):
    since = int(request.query["since"])
    return [{"id": number, "state": request.query.get("state"), "kind": request.query.get("kind")} for number in range(since, 2 + run)]


serve()
