from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    if request.run == 2:
        return Reply(None, 204)
    return {"data": [{"id": n} for n in range(3 if request.run == 1 else 2)]}


serve()
