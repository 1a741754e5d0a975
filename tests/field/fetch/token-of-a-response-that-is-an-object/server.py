from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"items": [{"id": request.run}], "sync": {"token": "a", "at": [1, 2]}}


serve()
