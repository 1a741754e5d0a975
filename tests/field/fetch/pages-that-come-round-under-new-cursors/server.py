from fieldserver import route, serve


@route("GET", "/events")
def events(request):
    page = request.count % 3
    return {"data": [{"id": page * 2}, {"id": page * 2 + 1}], "next": f"c{request.count}"}


serve()
