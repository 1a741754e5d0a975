from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    if request.run == 1:
        return {"data": ALL}
    return {"responseHeader": {"status": 400, "QTime": 1}, "error": {"msg": "x", "code": 400}}


serve()
