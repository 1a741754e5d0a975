from datetime import datetime

from fieldserver import Reply, note, route, run, serve


@route("GET", "/v4/profiles/7/balances")
def balances(request):
    return [{"id": 1, "currency": "EUR"}, {"id": 2, "currency": "GBP"}]


@route("GET", "/v1/profiles/7/balance-statements/{balance}/statement.json")
def statement(request):
    begin, end = (datetime.fromisoformat(request.query[key].replace("Z", "+00:00")) for key in ("intervalStart", "intervalEnd"))
    if (end - begin).days > 469 or request.query["currency"] != {"1": "EUR", "2": "GBP"}[request.parts["balance"]]:
        return Reply({"errors": [{"code": "INVALID_INTERVAL"}]}, 422)
    if run == 1 and request.parts["balance"] == "2" and begin.year == 2024:
        return Reply({"errors": [{"code": "not now"}]}, 422)
    days = [f"{year}-0{request.parts['balance']}-02T00:00:00Z" for year in range(2023, 2024 + run)]
    days = [day for day in days if begin <= datetime.fromisoformat(day.replace("Z", "+00:00")) < end]
    return {"accountHolder": {"type": "BUSINESS"}, "transactions": [{"referenceNumber": f"{request.parts['balance']}-{day[:4]}", "date": day} for day in days]}


serve()
