from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    if request.run == 1:
        return {"data": ALL}
    return {"error": {"code": "maxlag", "info": "Waiting for a server: 5 seconds lagged", "lag": 5.1}, "servedby": "mw1234"}


serve()
