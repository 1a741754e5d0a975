from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    if request.run == 1:
        return {"data": ALL}
    return {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 5}}


serve()
