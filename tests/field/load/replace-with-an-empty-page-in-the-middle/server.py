from fieldserver import route, run, serve


@route("GET", "/items")
def items(request):
    page = int(request.query.get("after", 1))
    records = [{"id": page * 10 + n} for n in range(2)]
    if page == 2 and run > 1:
        records = []
    return {"data": records, "next": str(page + 1) if page < 3 else None}


serve()
