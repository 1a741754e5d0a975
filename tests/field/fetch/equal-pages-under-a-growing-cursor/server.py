from fieldserver import route, serve


@route("GET", "/beats")
def beats(request):
    start = int(request.query.get("from", 0))
    return {"beats": [{"ok": True}] * 5, "next": start + 5 if start + 5 < 100 else None}


serve()
