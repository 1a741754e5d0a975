from fieldserver import route, serve


@route("GET", "/wiki/api/v2/pages")
def pages(request):
    start = int(request.query.get("cursor", 0))
    links = {"next": f"/wiki/api/v2/pages?limit=2&cursor={start + 2}"} if start + 2 < 3 else {}
    return {"results": [{"id": str(n)} for n in range(start, min(start + 2, 3))], "_links": {"base": request.base + "/wiki", **links}}


serve()
