from fieldserver import Reply, route, run, serve


@route("GET", "/items")
def items(request):
    a, b = request.query["a"], request.query["b"]
    if run == 1 and b == "z":
        return Reply({"error": "maintenance"}, 400)
    return [{"id": a + b}]


serve()
