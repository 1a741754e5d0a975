from fieldserver import Reply, route, run, serve


@route("POST", "/login")
def login(request):
    return Reply("", 204, {"X-Token": f"session-4f9a-{run}"})


@route("GET", "/items")
def items(request):
    token = f"session-4f9a-{run}"
    if request.headers.get("Cookie") != f"sid={token}":
        return Reply({"error": "log in"}, 401)
    after = int(request.query.get("after", "0"))
    if after == 2 and run == 1:
        return Reply({"error": "maintenance"}, 400)
    after += 1
    next_link = f"/items?after={after}&session={token}" if after < 3 else None
    return {"items": [{"id": after}], "next": next_link}


serve()
