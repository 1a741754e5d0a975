from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    page = int(request.query.get("after", 1))
    if page == 2 and request.run == 2:
        return Reply(None, 204)
    return {"data": [{"id": page * 2 + n} for n in range(2)], "next": str(page + 1) if page < 3 else None}


serve()
