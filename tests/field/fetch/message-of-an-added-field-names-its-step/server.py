from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return [{"a": 1}, {"a": {"q": 1}}]


serve()
