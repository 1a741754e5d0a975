from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    after = int(request.query.get("after_id", "0"))
    return {"data": [{"id": after + 1, "created": "2024-01-0%d" % (after + 1)}] if after < 3 else []}


serve()
