from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/ps")
def ps(request):
    return {"data": [{"id": 2, "link": "details?id=2"}]}


@route("GET", "/details")
def details(request):
    return {"data": [{"id": 2}]}


serve()
