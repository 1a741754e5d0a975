from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"meta": {"note": "x" * 1_000_000}, "items": [{"id": number} for number in range(200)]}


serve()
