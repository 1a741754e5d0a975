from base64 import b64encode
from urllib.parse import parse_qs

from fieldserver import Reply, route, serve


@route("POST", "/token")
def token(request):
    client = "Basic " + b64encode(b"me:secret-4f9a").decode()
    if request.headers.get("Authorization") != client:
        return Reply({"error": "invalid_client"}, 401)
    sent = parse_qs(request.body.decode())
    if sent != {"grant_type": ["refresh_token"], "refresh_token": [f"refresh-4f9a-{request.run}"]}:
        return Reply({"error": "invalid_grant"}, 400)
    return {"access_token": "access-4f9a", "refresh_token": f"refresh-4f9a-{request.run + 1}"}


@route("GET", "/invoices")
def invoices(request):
    if request.headers.get("Authorization") != "Bearer access-4f9a":
        return Reply({"error": "unauthorized"}, 401)
    return [{"id": request.run}]


serve()
