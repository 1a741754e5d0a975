from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    if request.run == 1:
        return {"data": ALL}
    return {"status": "error", "message": "limit", "correlationId": "a", "category": "RATE_LIMITS", "policyName": "DAILY"}


serve()
