from fieldserver import Reply, route, serve


@route("GET", "/posts")
def posts(request):
    if request.query["page"] == "1":
        since = int(request.query["since"])
        return [post for post in [{"id": 1, "at": 5}, {"id": 2, "at": 7}] if post["at"] >= since]
    return Reply({"error": "down"}, status=500) if request.run == 1 else []


@route("GET", "/posts/{post}/comments")
def comments(request):
    return [{"id": int(request.path.split("/")[2])}]


serve()
