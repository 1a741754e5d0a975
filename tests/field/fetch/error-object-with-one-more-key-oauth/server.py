from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    if request.run == 1:
        return {"data": ALL}
    return {"error": "invalid_token", "error_description": "expired", "error_uri": "https://x"}


serve()
