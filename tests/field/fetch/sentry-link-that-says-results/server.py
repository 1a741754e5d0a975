from fieldserver import Reply, route, serve


@route("GET", "/issues")
def issues(request):
    start = int(request.query.get("cursor", 0))
    if start == 4 and request.run == 1:
        return Reply({"detail": "try later"}, 400)
    more = "yes" if start + 2 < 7 else "no"
    link = '<%s/issues?cursor=0>; rel="previous"; more="no", <%s/issues?cursor=%d>; rel="next"; more="%s"' % (
        request.base, request.base, start + 2, more)
    return Reply([{"id": n + 1} for n in range(start, min(start + 2, 7))], headers={"Link": link})


serve()
