from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"items": [{"id": request.run}], "next": None, "position": ["a", 2]}


serve()
