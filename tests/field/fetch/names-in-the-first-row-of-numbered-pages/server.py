from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    rows = [[number, f"x{number}"] for number in range(1, 6)]
    begin = 2 * int(request.query["page"]) - 2
    return {"values": [["id", "name"]] + rows[begin : begin + 2]}


serve()
