from fieldserver import Reply, route, serve


@route("GET", "/posts")
def posts(request):
    posts = [{"id": 1, "at": 5}, {"id": 2, "at": 7}]
    if request.run > 1:
        posts += [{"id": 3, "at": 9}, {"id": 4, "at": 9}]
    return [post for post in posts if post["at"] >= int(request.query["since"])]


@route("GET", "/posts/{post}/comments")
def comments(request):
    post = int(request.path.split("/")[2])
    if post == 4 and request.run == 2:
        return Reply({"error": "down"}, status=500)
    return [{"id": post}]


serve()
