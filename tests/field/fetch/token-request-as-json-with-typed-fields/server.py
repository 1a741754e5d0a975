from fieldserver import Reply, route, serve


@route("POST", "/token")
def token(request):
    wanted = {"account": 17, "offline": True, "ttl": 600}
    if any(request.json.get(name) != value for name, value in wanted.items()):
        return Reply({"error": "invalid_request"}, 400)
    return {"access_token": "token-of-the-account"}


@route("GET", "/items")
def items(request):
    return [{"id": 1}]


serve()
