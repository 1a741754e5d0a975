from fieldserver import route, run, serve

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
    since = int(request.query["since"])
    return [{"amount": f"{shop}{currency}{number}", "number": number} for number in range(since, 2 + run)]


serve()
