from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"x" * 1_000_000: [{"id": number} for number in range(200)]}


serve()
