from fieldserver import Reply, route, serve


@route("POST", "/token")
def token(request):
    if request.json is None or request.json.get("refreshToken") != "refresh-4f9a":
        return Reply({"error": "invalid_grant"}, 400)
    return {"result": {"accessToken": "Atza|4f9a", "ttl": "3600"}}


@route("GET", "/orders/v0/orders")
def orders(request):
    if request.headers.get("x-amz-access-token") != "Atza|4f9a" or "Authorization" in request.headers:
        return Reply({"errors": [{"code": "Unauthorized"}]}, 403)
    return {"payload": {"Orders": [{"id": 1}]}}


serve()
