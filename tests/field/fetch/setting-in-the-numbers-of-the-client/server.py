from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply({"message": "later"}, 503)


serve()
