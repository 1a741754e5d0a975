from fieldserver import Reply, route, serve

ALL = [{"id": n, "at": {"time": n // 3}} for n in range(1, 8)]


@route("GET", "/events")
def events(request):
    after = (int(request.query.get("after_time", -1)), int(request.query.get("after_id", 0)))
    if after == (1, 4) and request.run == 1:
        return Reply({"error": "later"}, 400)
    rows = [row for row in ALL if (row["at"]["time"], row["id"]) > after]
    return {"events": rows[:int(request.query["limit"])]}


serve()
