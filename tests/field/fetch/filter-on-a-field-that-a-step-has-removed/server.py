from fieldserver import route, serve


@route("GET", "/items")
def items(request):
    return {"data": [{"id": 1, "status": "paid"}]}


serve()
