from fieldserver import Reply, route, serve


@route("GET", "/wiki/rest/api/content")
def content(request):
    start = int(request.query.get("start", 0))
    if start == 4 and request.run == 1:
        return Reply({"message": "reindexing"}, 400)
    links = {"base": request.base + "/wiki"}
    if start + 2 < 7:
        links["next"] = "/rest/api/content?start=%d" % (start + 2)
    return {"results": [{"id": n + 1} for n in range(start, min(start + 2, 7))], "start": start, "_links": links}


serve()
