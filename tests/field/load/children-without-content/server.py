from fieldserver import Reply, route, serve


@route("GET", "/parents")
def parents(request):
    return [{"id": n} for n in range(6)]


@route("GET", "/parents/{id}/kids")
def kids(request):
    number = int(request.parts["id"])
    if number % 3 == 0:
        return Reply(None, 204)
    return {"data": None if number == 1 or number == 4 else [{"id": n} for n in range(2)]}


serve()
