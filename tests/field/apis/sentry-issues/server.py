from fieldserver import Reply, route, run, serve


@route("GET", "/api/0/projects/o/p/issues/")
def issues(request):
    begin = int(request.query.get("cursor", "0:0:0").split(":")[1])
    if run == 1 and begin == 2:
        return Reply({"detail": "You are rate limited"}, 403)
    links = [
        f'<{request.base}{request.path}?cursor=0:{at}:{back}>; rel="{rel}"; results="{has}"; cursor="0:{at}:{back}"'
        for at, back, rel, has in [
            (max(begin - 2, 0), 1, "previous", "true" if begin else "false"),
            (begin + 2, 0, "next", "true" if begin + 2 < 5 else "false"),
        ]
    ]
    return Reply([{"id": n} for n in range(begin, min(begin + 2, 5))], headers={"Link": ", ".join(links)})


serve()
