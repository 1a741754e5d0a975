from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    token = request.query.get("syncToken")
    if token == "s1":
        return {"items": [{"id": 4}], "nextSyncToken": "s2"}
    if token:
        return Reply({"error": "sync token is no longer valid"}, 410)
    if request.query.get("pageToken"):
        return {"items": [{"id": 3}] + [{"id": 5}] * (request.run == 3), "nextSyncToken": "s%d" % request.run}
    return {"items": [{"id": 1}, {"id": 2}], "nextPageToken": "p2"}


serve()
