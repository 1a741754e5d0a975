from fieldserver import route, serve


@route("GET", "/carts")
def carts(request):
    return [{"id": 1}, {"id": 2}]


@route("GET", "/carts/{id}")
def lines(request):
    cart = int(request.parts["id"])
    if request.query.get("page") == "2":
        return {"items": [{"id": cart * 10 + 3}], "next": None}
    items = [{"id": cart * 10 + 1}, {"id": cart * 10 + 2}]
    return {"items": items, "next": f"/carts/{cart}?page=2"}


@route("GET", "/orders/{id}")
def order(request):
    return {"number": request.parts["id"], "currency": "EUR", "items": [{"sku": "a"}, {"sku": "b"}], "total": 2}


serve()
