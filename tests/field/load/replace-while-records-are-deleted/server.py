from fieldserver import route, run, serve


ALL = [{"id": n} for n in range(0 if run == 1 else 1, 30)]
if run == 2:
    ALL.insert(0, {"id": 0})


@route("GET", "/items")
def items(request):
    offset = int(request.query.get("offset", 0))
    answer = {"data": ALL[offset:offset + 10], "total": len(ALL)}
    if request.run == 2 and offset == 0:
        ALL.pop(0)
    return answer


serve()
