from fieldserver import Reply, route, serve


@route("POST", "/{tenant}/token")
def token(request):
    if request.parts["tenant"] != "a/b?c":
        return Reply({"error": "invalid_request"}, 400)
    return {"access_token": "token-of-the-tenant"}


@route("GET", "/items")
def items(request):
    return [{"id": 1}]


serve()
