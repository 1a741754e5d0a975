from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply("1,a\n2,b\n", 200, {"Content-Type": "text/csv"})


serve()
