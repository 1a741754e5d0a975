from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    rows = [["id", "name"], ["a", "first"], ["b", "second"], ["c", "third"]]
    begin = int(request.query.get("begin", "0"))
    return {"values": rows[begin : begin + 2], "next": "/items?begin=2" if begin == 0 else None}


serve()
