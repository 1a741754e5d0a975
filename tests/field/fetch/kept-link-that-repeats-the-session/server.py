from fieldserver import Reply, route, run, serve


@route("POST", "/login")
def login(request):
    return {"token": f"session-4f9a-{run}"}


@route("GET", "/items")
def items(request):
    session = request.query.get("session")
    if session != f"session-4f9a-{run}" or request.query.get("since", "1") != str(max(1, run - 1)):
        return Reply({"error": "log in"}, 403)
    return {"items": [{"id": run}], "delta": f"/items?since={run}&session={session}"}


serve()
