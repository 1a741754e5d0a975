import time

from fieldserver import Reply, route, serve

expires = {}


@route("POST", "/token")
def token(request):
    name = f"token-{request.count}"
    expires[f"Bearer {name}"] = time.time() + 1.5
    return {"access_token": name, "expires": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 2))}


@route("GET", "/items")
def items(request):
    if time.time() > expires[request.headers["Authorization"]]:
        return Reply({"error": "the token has expired"}, 403)
    offset = int(request.query["offset"])
    time.sleep(1.2)
    return [{"id": offset}] if offset < 2 else []


serve()
