from base64 import b64encode

from fieldserver import Reply, route, serve


@route("POST", "/api/v1/access_token")
def token(request):
    is_right = request.headers.get("Authorization") == "Basic " + b64encode(b"a:b").decode()
    if not is_right or b"grant_type=client_credentials" not in request.body:
        return Reply({"message": "Unauthorized", "error": 401}, 401)
    return {"access_token": "t", "token_type": "bearer", "expires_in": 86400, "scope": "*"}


@route("GET", "/r/{name}/new")
def posts(request):
    if "example" not in request.headers.get("User-Agent", ""):
        return Reply({"message": "Too Many Requests"}, 400)
    names = [f"t3_{request.parts['name']}{n}" for n in range(3)]
    begin = int(request.query.get("after", "0"))
    following = str(begin + 2) if begin + 2 < len(names) else None
    return {"kind": "Listing", "data": {"after": following, "children": [{"kind": "t3", "data": {"name": name}} for name in names[begin:begin + 2]]}}


serve()
