from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    if request.run == 1:
        return {"data": ALL}
    return {"errcode": 40001, "errmsg": "invalid credential", "rid": "abc"}


serve()
