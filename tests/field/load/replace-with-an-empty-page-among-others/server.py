from fieldserver import route, serve


ALL = [{"id": n} for n in range(1, 16)]


@route("GET", "/items")
def items(request):
    page = int(request.query.get("page", 1))
    records = [] if page == 3 and request.run == 2 else ALL[page * 3 - 3:page * 3]
    return {"data": records, "total_pages": 5}


serve()
