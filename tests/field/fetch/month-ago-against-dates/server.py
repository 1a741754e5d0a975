from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


from datetime import date


@route("GET", "/x")
def items(request):
    return {"data": [{"id": 1, "day": date.today().isoformat()}]}


serve()
