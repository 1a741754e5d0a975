from fieldserver import route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/packages")
def packages(request):
    start, size = int(request.query.get("offset", 0)), int(request.query.get("limit", 20))
    part = ALL[start:start + min(size, 5)]
    return {"packages": part, "total": len(part)}


serve()
