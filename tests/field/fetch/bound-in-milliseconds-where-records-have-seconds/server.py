from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return [{"id": number, "at": 1710000000 + number} for number in range(3)]


serve()
