from fieldserver import route, serve


@route("GET", "/boards")
def boards(request):
    return [{"id": 1, "name": "board"}]


@route("GET", "/boards/{id}/issues")
def issues(request):
    return [{"n": 1, "name": "mine"}]


serve()
