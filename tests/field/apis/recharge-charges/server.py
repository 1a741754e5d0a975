from fieldserver import Reply, route, run, serve


@route("GET", "/charges")
def charges(request):
    least, begin = request.query.get("updated_at_min"), 0
    if "cursor" in request.query:
        if set(request.query) != {"cursor", "limit"}:
            return Reply({"errors": {"cursor": "cannot be combined"}}, 422)
        least, begin = request.query["cursor"].split("/")
    if run == 1 and begin == "2":
        return Reply({"errors": "conflict"}, 409)
    rows = [{"id": n, "updated_at": f"2024-01-0{n}T00:00:00"} for n in range(1, 4 + run)]
    rows, begin = [row for row in rows if row["updated_at"] >= least], int(begin)
    return {"charges": rows[begin:begin + 2], "next_cursor": f"{least}/{begin + 2}" if begin + 2 < len(rows) else None}


serve()
