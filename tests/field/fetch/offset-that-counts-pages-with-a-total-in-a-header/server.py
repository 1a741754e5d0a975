from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    page, size = int(request.query["offset"]), int(request.query["limit"])
    if page == 2 and request.run == 1:
        return Reply({"error": "later"}, 400)
    rows = [{"id": n + 1} for n in range(page * size, min((page + 1) * size, 7))]
    span = "%d-%d/7" % (page * size, page * size + len(rows) - 1)
    return Reply({"items": rows}, headers={"Content-Range": "items " + span})


serve()
