from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    rows = [[number, f"x{number}"] for number in range(1, 6)]
    begin = int(request.query["offset"])
    return {"values": [["id", "name"]] + rows[begin : begin + 2]}


serve()
