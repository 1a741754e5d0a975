from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"items": [{"id": request.run}], "delta": {"href": "/items?delta=1"}}


serve()
