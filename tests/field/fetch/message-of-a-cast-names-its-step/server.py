from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return [{"count": 1}, {"count": "x"}]


serve()
