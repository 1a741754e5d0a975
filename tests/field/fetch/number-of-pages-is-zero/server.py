from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    page = int(request.query["page"])
    return {"data": ALL[page * 5 - 5:page * 5], "total_pages": 0}


serve()
