from fieldserver import Reply, route, run, serve


@route("GET", "/wiki/rest/api/content")
def content(request):
    start = int(request.query.get("start", 0))
    if start == 2 and run == 1:
        return Reply({"message": "not now"}, 400)
    links = {"base": request.base + "/wiki"}
    if start + 2 < 5:
        links["next"] = f"/rest/api/content?limit=2&start={start + 2}"
    return {"results": [{"id": n} for n in range(start, min(start + 2, 5))], "start": start, "limit": 2, "_links": links}


serve()
