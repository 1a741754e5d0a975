from fieldserver import route, serve


@route("GET", "/numbers")
def numbers(request):
    return [3, 5]


@route("GET", "/numbers/{id}")
def details(request):
    return {"name": "a"}


serve()
