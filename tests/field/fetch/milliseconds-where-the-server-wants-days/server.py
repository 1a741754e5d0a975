from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    if request.query.get("since") not in ("01/01/2024", "02/01/2024"):
        return Reply({"error": "a date is DD/MM/YYYY"}, 400)
    records = [{"id": 1, "at": 1704085199999}, {"id": 2, "at": 1704110400000}, {"id": 3, "at": "1704196800000"}]
    return records + [{"id": 4, "at": 1704196800001}] * (request.run > 1)


serve()
