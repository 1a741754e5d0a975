from fieldserver import Reply, route, serve


@route("GET", "/1/boards/B/actions")
def actions(request):
    if (request.query.get("key"), request.query.get("token")) != ("k", "t"):
        return Reply("invalid key", 401)
    rows = [{"id": str(n)} for n in range(9, 4, -1)]
    return [row for row in rows if row["id"] < request.query.get("before", "a")][:2]


serve()
