from fieldserver import route, serve


@route("GET", "/shops")
def shops(request):
    return {"data": [{"id": number} for number in range(40)]}


@route("GET", "/shops/{shop}/items")
def items(request):
    shop, offset = request.parts["shop"], int(request.query["offset"])
    # Of one shop two records of the first page are hidden.
    ids = [number for number in range(14) if number not in (1, 2)] if shop == "20" else range(3)
    return {"data": [{"id": f"{shop}-{number}"} for number in ids if offset <= number < offset + 5]}


serve()
