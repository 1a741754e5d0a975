from fieldserver import route, serve


@route("GET", "/boards")
def boards(request):
    return [{"id": n} for n in (1, 2, 3)]


@route("GET", "/boards/{id}/lists")
def lists(request):
    board = int(request.parts["id"])
    if board == 2 and request.run == 1:
        return {"message": "shard not available"}
    return [{"id": board * 10}, {"id": board * 10 + 1}]


@route("GET", "/lists/{id}/cards")
def cards(request):
    return [{"card": int(request.parts["id"])}]


@route("GET", "/boards/{id}/labels")
def labels(request):
    return [{"label": int(request.parts["id"])}]


serve()
