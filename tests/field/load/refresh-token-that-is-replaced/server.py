from urllib.parse import parse_qs

from fieldserver import Reply, route, serve


@route("POST", "/token")
def token(request):
    sent = parse_qs(request.body.decode())["refresh_token"][0]
    if sent != f"refresh-4f9a-{request.run}":
        return Reply({"error": "invalid_grant"}, 400)
    return {"access_token": "access-4f9a", "refresh_token": f"refresh-4f9a-{request.run + 1}"}


@route("GET", "/items")
def items(request):
    return [{"id": request.run}]


serve()
