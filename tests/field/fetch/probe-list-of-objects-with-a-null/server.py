from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    return [{"id": n, "q": [{"x": 1}, None]} for n in range(4)]


serve()
