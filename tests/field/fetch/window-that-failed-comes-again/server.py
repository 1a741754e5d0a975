from fieldserver import route, serve


@route("GET", "/items")
def items(request):
    start = request.query["from"]
    month = int(start[5:7])
    if month == 2 and request.run == 1:
        return {"error": "shard not available"}
    return {"data": [{"m": month, "at": start}]}


serve()
