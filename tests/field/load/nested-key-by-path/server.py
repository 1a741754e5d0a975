from fieldserver import route, serve


@route("GET", "/items")
def items(request):
    if request.run == 2:
        return [{"data": {"id": number, "n": 1}} for number in (1, 2, 3)]
    return [{"data": {"id": 1, "n": 2}}, {"data": {"id": 2, "n": 2}}, {"data": {"id": 3, "gone": True}}]


serve()
