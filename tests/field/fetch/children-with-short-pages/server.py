from fieldserver import route, serve


@route("GET", "/posts")
def posts(request):
    return {"posts": [{"id": n} for n in range(1, 41)]}


@route("GET", "/posts/{post}/comments")
def comments(request):
    post, skip = int(request.path.split("/")[2]), int(request.query.get("skip", 0))
    return {"comments": [{"id": post * 10 + n} for n in range(3)][skip:skip + 50]}


serve()
