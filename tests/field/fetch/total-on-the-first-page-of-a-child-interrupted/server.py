from fieldserver import Reply, route, serve


@route("GET", "/shops")
def shops(request):
    return [{"id": 1}, {"id": 2}]


@route("GET", "/shops/{shop}/items")
def items(request):
    shop, offset = request.parts["shop"], int(request.query["offset"])
    if request.run == 1 and shop == "2" and offset == 1:
        return Reply({"error": "busy"}, 500)
    data = [{"id": f"{shop}{offset + 1}"}] if offset < 3 else []
    return {"data": data, **({"total": 3} if offset == 0 else {})}


serve()
