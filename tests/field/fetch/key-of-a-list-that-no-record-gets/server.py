from fieldserver import route, serve


@route("GET", "/shops/{shop}/items")
def items(request):
    return [{"id": 1}]


serve()
