from fieldserver import Reply, route, serve

calls = []


@route("GET", "/items")
def items(request):
    calls.append(1)
    return Reply(b"", 200) if request.run == 1 or len(calls) == 1 else [{"id": 1}]


serve()
