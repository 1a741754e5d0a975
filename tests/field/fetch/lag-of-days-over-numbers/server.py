from fieldserver import route, serve


@route("GET", "/events")
def events(request):
    return [{"id": 1, "at": 1706745600000}]


serve()
