from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply('id,tags\n1,"{""a"": [1, 2]}"\n2,\n', 200, {"Content-Type": "text/csv"})


serve()
