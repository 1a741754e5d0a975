from fieldserver import route, serve


@route("GET", "/*")
def items(request):
    return [{"id": 1}]


serve()
