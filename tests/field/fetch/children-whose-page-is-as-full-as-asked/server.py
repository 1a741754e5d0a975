from fieldserver import route, serve


@route("GET", "/posts")
def posts(request):
    return {"posts": [{"id": n} for n in range(1, 41)]}


@route("GET", "/posts/{post}/comments")
def comments(request):
    post, page = int(request.path.split("/")[2]), int(request.query["page"])
    number = 3 if post == 23 else 1
    return {"comments": [{"id": post * 10 + n} for n in range(number)][page - 1:page]}


serve()
