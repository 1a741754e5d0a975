from fieldserver import route, serve


@route("GET", "/items")
def items(request):
    # JSON of Python escapes them: "a\ud83d".
    return {"data": [{"id": "a\ud83d"}, {"id": "a\ud83e"}, {"id": "b", "note": "\ud83d"}]}


serve()
