from fieldserver import Reply, route, serve


@route("GET", "/charges")
def charges(request):
    names = set(request.query)
    if names != ({"cursor", "limit"} if "cursor" in names else {"sort_by", "status", "limit"}):
        return Reply({"errors": {"cursor": "no other parameters are allowed beside it"}}, 422)
    start = int(request.query.get("cursor", "c0")[1:])
    if start == 4 and request.run == 1:
        return Reply({"errors": "later"}, 400)
    rows = [{"id": n + 1} for n in range(start, min(start + 2, 7))]
    return {"charges": rows, "next_cursor": "c%d" % (start + 2) if start + 2 < 7 else None}


serve()
