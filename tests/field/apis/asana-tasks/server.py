from fieldserver import route, run, serve


@route("GET", "/api/1.0/tasks")
def tasks(request):
    rows = [{"gid": str(n), "modified_at": f"2024-01-0{n}T00:00:00.000Z"} for n in range(1, 5 + run)]
    rows = [row for row in rows if row["modified_at"] >= request.query["modified_since"]]
    begin = int(request.query.get("offset", 0))
    following = {"offset": str(begin + 2), "path": "/tasks", "uri": "https://app.asana.com/api/1.0/tasks"}
    return {"data": rows[begin:begin + 2], "next_page": following if begin + 2 < len(rows) else None}


serve()
