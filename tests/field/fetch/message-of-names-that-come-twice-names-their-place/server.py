from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"header": ["a", "a"], "rows": [[1, 2]]}


serve()
