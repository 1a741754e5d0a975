from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply("a,b\n1,\n,007\n", 200, {"Content-Type": "text/csv"})


serve()
