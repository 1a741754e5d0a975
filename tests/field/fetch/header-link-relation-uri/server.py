from fieldserver import Reply, route, serve

ALL = [{"id": n} for n in range(1, 13)]


@route("GET", "/x")
def items(request):
    page = int(request.query.get("page", 1))
    link = '<%s/x?page=%d>; rel="https://api.example.com/rels/next"' % (request.base, page + 1)
    return Reply({"data": ALL[page * 5 - 5:page * 5]}, 200, {"Link": link} if page < 3 else {})


serve()
