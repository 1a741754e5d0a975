from fieldserver import route, serve


@route("GET", "/boards")
def boards(request):
    return [
        {"id": 1, "project": {"owner": {"id": 5}}},
        {"id": 2, "project": {"owner": None}},
        {"id": 3, "project": None},
        {"id": 4},
    ]


@route("GET", "/boards/{id}/issues")
def issues(request):
    return [{"n": int(request.parts["id"])}]


serve()
