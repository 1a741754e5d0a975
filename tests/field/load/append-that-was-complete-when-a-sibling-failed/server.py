from fieldserver import Reply, route, serve


@route("GET", "/events")
def events(request):
    return [{"id": 1}, {"id": 2}]


@route("GET", "/audits")
def audits(request):
    if request.run == 1:
        return Reply({"error": "down"}, status=500)
    return [{"id": 7}]


serve()
