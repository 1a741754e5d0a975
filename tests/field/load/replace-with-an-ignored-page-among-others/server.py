from fieldserver import Reply, route, run, serve


@route("GET", "/items")
def items(request):
    offset = int(request.query.get("offset", 0))
    if request.run == 2 and offset == 2:
        return Reply({"error": "overloaded"}, 500)
    items = [{"id": n, "day": request.run} for n in range(6)]
    return {"data": items[offset:offset + 2], "total": 6}


@route("GET", "/numbered")
def numbered(request):
    page = int(request.query.get("page", 1))
    if request.run == 2 and page == 2:
        return Reply({"error": "overloaded"}, 500)
    return {"data": [{"id": 2 * page}, {"id": 2 * page + 1}], "pages": 3}


@route("GET", "/items/{id}/notes")
def notes(request):
    if int(request.parts["id"]) % 2:
        return Reply({"error": "there are none"}, 404)
    page = int(request.query.get("page", 1))
    return {"data": [{"id": page}], "pages": 3}


serve()
