from fieldserver import Reply, route, run, serve


@route("GET", "/v1/charges")
def charges(request):
    if request.headers.get("Authorization") != "Bearer key":
        return Reply({"error": {"type": "invalid_request_error"}}, 401)
    least, most = int(request.query["created[gte]"]), int(request.query["limit"])
    rows = [{"id": f"ch_{n}", "created": 1704067200 + n * 86400} for n in range(4 + run, 0, -1)]
    rows = [row for row in rows if row["created"] >= least]
    if "starting_after" in request.query:
        ids = [row["id"] for row in rows]
        rows = rows[ids.index(request.query["starting_after"]) + 1:]
    return {"object": "list", "data": rows[:most], "has_more": len(rows) > most}


serve()
