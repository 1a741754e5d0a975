from fieldserver import route, run, serve


@route("GET", "/payments")
def payments(request):
    if request.query.get("after"):
        return {"data": [{"id": 3}], "next": None, "total": 5} if run == 2 else {
            "data": [{"id": 3}, {"id": 4}, {"id": 5}], "next": None, "total": 5}
    return {"data": [{"id": 1}, {"id": 2}], "next": "a", "total": 5}


serve()
