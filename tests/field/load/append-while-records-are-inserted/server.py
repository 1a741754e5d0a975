from fieldserver import route, serve


ALL = [{"id": n} for n in range(20)]


@route("GET", "/items")
def items(request):
    offset = int(request.query.get("offset", 0))
    answer = {"data": ALL[offset:offset + 10], "total": len(ALL)}
    if offset == 0:
        ALL.insert(0, {"id": 20})
    return answer


serve()
