from fieldserver import route, serve

calls = []


@route("GET", "/items")
def items(request):
    calls.append(1)
    if len(calls) == 1:
        return {"code": 17, "msg": "too many calls", "data": []}
    return {"code": 0, "msg": "", "data": [{"id": 1}, {"id": 2}]}


serve()
