from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    return {"data": ALL[:int(request.query["results"])]}


serve()
