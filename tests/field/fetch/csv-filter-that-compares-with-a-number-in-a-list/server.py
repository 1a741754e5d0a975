from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply("id,n\n1,3\n2,7\n3,12\n", 200, {"Content-Type": "text/csv"})


serve()
