from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    page = int(request.query["page"])
    if page == 2:
        return {"data": "Internal error"}
    return {"data": ALL[page * 5 - 5:page * 5]}


serve()
