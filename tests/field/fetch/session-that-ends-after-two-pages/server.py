from fieldserver import Reply, route, serve

uses = {}


@route("POST", "/login")
def login(request):
    if request.json != {"email": "me@example.com", "password": "pass-4f9a"}:
        return Reply({"message": "no such user"}, 401)
    token = f"session-4f9a-{request.count}"
    uses[token] = 0
    return {"data": {"token": token, "expires_in": 3600}}


@route("GET", "/items")
def items(request):
    token = request.headers.get("X-Session", "")
    uses[token] = uses.get(token, 2) + 1
    if uses[token] > 2 and token != "session-4f9a-2":
        return Reply({"error": "the session has ended"}, 403)
    page = int(request.query["page"])
    return [{"id": page}] if page < 5 else []


serve()
