from fieldserver import Reply, route, serve


@route("POST", "/tenants/{tenant}/login")
def login(request):
    if request.parts["tenant"] != "a/b?c#d":
        return Reply({"error": "no such tenant"}, 404)
    return {"token": "token-of-the-tenant"}


@route("GET", "/items")
def items(request):
    return [{"id": 1}]


serve()
