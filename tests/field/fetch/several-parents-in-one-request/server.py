from fieldserver import Reply, route, run, serve


@route("GET", "/users")
def users(request):
    start = int(request.query.get("after", 0))
    more = start < 4
    return {"items": [{"id": n + 1} for n in range(start, min(start + 2, 5))], "next": start + 2 if more else None}


@route("GET", "/statuses")
def statuses(request):
    ids, after = request.query["ids"], request.query.get("after")
    if run == 1 and (ids, after) == ("1,2,3", "2"):
        return Reply({"error": "gone"}, 400)
    first, *rest = [{"of": int(id)} for id in ids.split(",")]
    return {"items": rest if after else [first], "next": "2" if rest and not after else None}


serve()
