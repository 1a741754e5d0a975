from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    after = request.query.get("after", "~")
    number = int(after.split("~")[0] or 0) + 1
    return {"data": [{"id": number}], "next": {"id": number, "created": 5} if number < 3 else None}


serve()
