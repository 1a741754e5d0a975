from fieldserver import Reply, route, serve


@route("GET", "/events")
def events(request):
    return Reply('{"id": 1}\n{"id": 2}\n', 200, {"Content-Type": "application/x-ndjson"})


serve()
