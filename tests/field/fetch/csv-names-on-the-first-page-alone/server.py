from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    rows = [f"{number},name {number}\n" for number in range(1, 5)]
    offset = int(request.query["offset"])
    return Reply(("id,name\n" if offset == 0 else "") + "".join(rows[offset : offset + 2]), 200, {"Content-Type": "text/csv"})


serve()
