from fieldserver import Reply, route, serve

SID = 'sid="user 17|4f9a"'


@route("POST", "/login")
def login(request):
    return Reply(None, 204, {"Set-Cookie": f"{SID}; Path=/; HttpOnly"})


@route("GET", "/items")
def items(request):
    if request.headers.get("Cookie") != SID:
        return Reply({"error": "log in"}, 401)
    return [{"id": 1}]


serve()
