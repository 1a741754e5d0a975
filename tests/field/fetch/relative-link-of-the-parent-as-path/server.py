from fieldserver import route, serve


@route("GET", "/v1/series")
def series(request):
    return {"data": [{"links": {"details": "/public/series/8?full=1"}}]}


@route("GET", "/public/series/{id}")
def details(request):
    return [{"id": int(request.parts["id"])}]


serve()
