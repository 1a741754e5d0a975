from fieldserver import route, serve


@route("GET", "/items")
def items(request):
    return {"result": {"data": None if request.run == 2 else [{"id": n} for n in range(3)]}}


serve()
