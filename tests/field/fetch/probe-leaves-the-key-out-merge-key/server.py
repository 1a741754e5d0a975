from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    return {"items": [{"id": n, "name": "n%d" % n} for n in range(4)], "total": 4}


serve()
