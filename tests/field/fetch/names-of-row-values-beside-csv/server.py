from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return [{"id": 1}]


serve()
