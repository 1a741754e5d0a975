from fieldserver import Reply, route, serve


@route("GET", "/posts")
def posts(request):
    new = [{"id": 4}] if request.run > 1 else []
    return new + [{"id": 1}, {"id": 2}, {"id": 3}]


@route("GET", "/posts/{post}/comments")
def comments(request):
    post = int(request.path.split("/")[2])
    if post == 3 and request.run == 1:
        return Reply({"error": "down"}, status=500)
    return [{"id": post}]


serve()
