import json
import time
from base64 import urlsafe_b64decode
from urllib.parse import parse_qs

from fieldserver import Reply, route, serve


def read(part):
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


@route("POST", "/token")
def token(request):
    form = parse_qs(request.body.decode())
    header, claims, signature = form["assertion"][0].split(".")
    header, claims = read(header), read(claims)
    is_right = (
        form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
        and header == {"alg": "RS256", "kid": "k7", "typ": "JWT"}
        and claims["iss"] == "robot@example.com"
        and claims["sub"] == "user@example.com"
        and claims["aud"] == f"{request.base}/token"
        and claims["scope"] == "drive sheets"
        and abs(claims["iat"] - time.time()) < 60
        and claims["exp"] - claims["iat"] == 3600
        and len(signature) == 342
    )
    return {"access_token": "access-4f9a"} if is_right else Reply({"error": "invalid_grant"}, 400)


@route("GET", "/files")
def files(request):
    if request.headers.get("Authorization") != "Bearer access-4f9a":
        return Reply({"error": "unauthorized"}, 401)
    return {"files": [{"id": 1}]}


serve()
