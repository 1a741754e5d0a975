from fieldserver import Reply, route, serve


@route("POST", "/token")
def token(request):
    return {"access_token": "access-4f9a"}


@route("GET", "/me")
def me(request):
    of_key = request.headers.get("X-Key") == "key-4f9a"
    of_token = request.headers.get("Authorization") == "Bearer access-4f9a"
    return [{"id": 1}] if of_key or of_token else Reply({"error": "unauthorized"}, 401)


serve()
