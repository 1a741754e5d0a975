from fieldserver import route, serve


@route("GET", "/posts")
def posts(request):
    page = int(request.query.get("page", 1))
    records = [] if page == 2 and request.run == 2 else [{"id": page * 2 + n} for n in range(2)]
    return {"data": records, "total_pages": 3}


@route("GET", "/posts/{id}/comments")
def comments(request):
    return [{"post": request.parts["id"], "n": n} for n in range(2)]


serve()
