from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"data": [{"id": n} for n in range(3)]}


serve()
