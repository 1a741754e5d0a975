from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply({"error": "bad key " + request.headers["x-key"]}, 400)


@route("GET", "/bytes")
def bytes_(request):
    return Reply(("bad key " + request.headers["x-key"].encode("latin-1").decode()).encode("latin-1"), 400, {"Content-Type": "text/plain"})


serve()
