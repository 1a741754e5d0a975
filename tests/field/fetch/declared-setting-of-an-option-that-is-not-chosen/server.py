from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return [{"id": 1, "kind": request.headers["Authorization"].split()[0]}]


serve()
