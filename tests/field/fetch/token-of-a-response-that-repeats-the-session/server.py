from fieldserver import Reply, route, run, serve


@route("POST", "/login")
def login(request):
    return {"token": f"session-4f9a-{run}"}


@route("GET", "/items")
def items(request):
    session = request.query.get("session")
    if session != f"session-4f9a-{run}" or request.query.get("sync", f"1.{session}") != f"1.{session}":
        return Reply({"error": "log in"}, 403)
    return {"items": [{"id": run}], "sync": f"{run}.{session}"}


serve()
