from fieldserver import Reply, route, serve


@route("GET", "/shops")
def shops(request):
    return [{"id": 1}, {"id": 2}]


@route("GET", "/shops/{shop}/items")
def items(request):
    shop = request.parts["shop"]
    rows = [f"{shop}{number},name {number}\n" for number in range(1, 5)]
    offset = int(request.query["offset"])
    if request.run == 1 and shop == "2" and offset == 2:
        return Reply("busy", 500)
    # Only the first shop repeats the names on each page.
    names = "id,name\n" if offset == 0 or shop == "1" else ""
    page = rows[offset : offset + 2]
    return Reply(names + "".join(page), 200, {"Content-Type": "text/csv"})


serve()
