from fieldserver import Reply, route, run, serve

PAGES = {
    None: {"data": [{"id": 1, "shopName": "A", "status": "open"}, {"id": 2, "shopName": "B", "status": "closed"}], "next": "b"},
    "b": {"data": [{"id": 3, "shopName": "C", "status": "new"}, {"id": 4, "shopName": None, "status": "open"}], "next": None},
}
ORDERS = {"1": [{"id": 10, "internal": 1}, {"id": 11}], "2": [{"id": 20}], "3": [{"id": 30}], "4": [{"id": 40}]}


@route("GET", "/shops")
def shops(request):
    return PAGES[request.query.get("after")]


@route("GET", "/shops/{id}/orders")
def orders(request):
    if run == 1 and request.parts["id"] == "3":
        return Reply({"error": "later"}, 500)
    return ORDERS[request.parts["id"]]


serve()
