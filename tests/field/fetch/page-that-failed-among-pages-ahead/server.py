from fieldserver import route, serve


@route("GET", "/items")
def items(request):
    page = int(request.query["page"])
    if page == 3 and request.run == 1:
        return {"success": False, "message": "shard not available", "data": [], "pages": 6}
    return {"data": [{"id": page}], "pages": 6}


serve()
