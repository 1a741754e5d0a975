from fieldserver import Reply, route, run, serve

FAILS = ()


@route("GET", "/shops")
def shops(request):
    offset = int(request.query["offset"])
    return [{"id": number} for number in (1, 2)][offset : offset + 1]


@route("GET", "/regions")
def regions(request):
    return [{"id": "eu"}, {"id": "ch"}]


@route("GET", "/regions/*")
def currencies(request):
    return {"eu": [{"code": "EUR"}, {"code": "PLN"}], "ch": [{"code": "CHF"}, {"code": None}]}[request.path.split("/")[2]]


@route("GET", "/shops/*")
def prices(request):
    shop, currency = request.path.split("/")[2], request.query["currency"]
    if run == 1 and (shop, currency) in FAILS:
        return Reply({"error": "maintenance"}, 400)
    return [{"amount": shop + currency}]


serve()
