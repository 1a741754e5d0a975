from fieldserver import route, serve


@route("GET", "/boards")
def boards(request):
    return [{"id": 1, "project": {"id": 7, "tags": ["x", "y"]}}]


@route("GET", "/boards/{id}/issues")
def issues(request):
    return [{"n": 1}]


serve()
