from fieldserver import note, route, serve


@route("POST", "/items")
def items(request):
    note("team " + request.headers.get("X-Team", "none"))
    start, size = int(request.query["offset"]), int(request.query["limit"])
    return {"items": [{"id": number} for number in range(3)][start:start + size]}


serve()
