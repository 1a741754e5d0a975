from fieldserver import route, serve


@route("GET", "/items")
def items(request):
    return {"data": [{"id": number, "at": at} for number, at in enumerate(["31/12/98", "31/12/99", "01/06/05", "01/01/24"])]}


serve()
