from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return [{"id": 1, "at": "2024-01-05T00:00:00Z"}]


serve()
