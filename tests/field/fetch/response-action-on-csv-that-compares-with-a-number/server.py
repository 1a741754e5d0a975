from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply("id,code\n0,17\n", 200, {"Content-Type": "text/csv"})


serve()
