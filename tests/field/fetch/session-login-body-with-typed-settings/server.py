from fieldserver import Reply, route, serve


@route("POST", "/login")
def login(request):
    expected = {"account": 17, "remember": True, "scopes": ["read", "list"], "password": "pass-4f9a"}
    device = request.json.pop("device", {})
    if request.json != expected or device.pop("code", "123") != "123" or device != {"name": "job"}:
        return Reply({"error": "wrong types"}, 400)
    return {"token": "token-of-the-session"}


@route("GET", "/items")
def items(request):
    return [{"id": 1}]


serve()
