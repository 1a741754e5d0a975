from base64 import b64decode
from urllib.parse import parse_qs, unquote_plus

from fieldserver import Reply, route, serve


@route("POST", "/token")
def token(request):
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    client = [unquote_plus(part) for part in b64decode(encoded).decode().split(":")]
    if kind != "Basic" or client != ["me & co", "secret:4f9a %"]:
        return Reply({"error": "invalid_client"}, 401)
    if set(parse_qs(request.body.decode())) != {"grant_type", "scope"}:
        return Reply({"error": "invalid_request"}, 400)
    return {"access_token": "access-4f9a", "expires_in": 3600}


@route("GET", "/me")
def me(request):
    if request.headers.get("Authorization") != "Bearer access-4f9a":
        return Reply({"error": "unauthorized"}, 401)
    return [{"id": 1}]


serve()
