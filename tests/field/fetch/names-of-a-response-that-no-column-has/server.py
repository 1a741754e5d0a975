from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"header": ["Id", "Name"], "rows": [[1, "a"], [2, "b"]]}


serve()
