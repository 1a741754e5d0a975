from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return {"names": ["x" * 1_000_000], "rows": [[number] for number in range(200)]}


serve()
