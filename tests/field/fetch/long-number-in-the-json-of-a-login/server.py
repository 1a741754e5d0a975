from fieldserver import Reply, route, serve


@route("POST", "/login")
def login(request):
    return {"token": "token-of-the-session"}


@route("GET", "/items")
def items(request):
    return [{"id": 1}]


serve()
