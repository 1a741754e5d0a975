from fieldserver import route, run, serve


@route("GET", "/channels/1/messages")
def messages(request):
    after = int(request.query.get("after", 0))
    return [{"id": str(n)} for n in range(100, 106 + run) if n > after][:3][::-1]


serve()
