from fieldserver import route, serve


@route("GET", "/orders")
def orders(request):
    return [{"id": 1}, {"id": 2}]


@route("GET", "/orders/{id}/lines")
def lines(request):
    if request.run == 1 and request.parts["id"] == "2":
        return {"error": "shard not available"}
    return [{"line": int(request.parts["id"])}]


@route("GET", "/orders/{id}/notes")
def notes(request):
    return [{"note": int(request.parts["id"])}]


serve()
