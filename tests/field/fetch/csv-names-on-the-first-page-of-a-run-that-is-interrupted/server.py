from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    rows = [f"{number},name {number}\n" for number in range(1, 7)]
    offset = int(request.query["offset"])
    if request.run == 1 and offset == 2:
        return Reply("busy", 500)
    # The further pages have no row of names.
    return Reply(("id,name\n" if offset == 0 else "") + "".join(rows[offset : offset + 2]), 200, {"Content-Type": "text/csv"})


serve()
