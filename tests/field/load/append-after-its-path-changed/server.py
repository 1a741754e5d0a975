from fieldserver import route, serve


DAYS = ["2024-06-01", "2024-07-01"]


@route("GET", "/items")
@route("GET", "/v2/items")
def items(request):
    return [{"id": at, "t": day} for at, day in enumerate(DAYS, 1) if request.query.get("since", "") <= day]


serve()
