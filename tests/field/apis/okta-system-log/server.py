from fieldserver import Reply, route, run, serve


@route("GET", "/api/v1/logs")
def logs(request):
    after, last = int(request.query.get("after", 0)), 4 + run
    events = [{"uuid": n, "published": f"2024-01-0{n + 1}T00:00:00.000Z"} for n in range(after, min(after + 2, last))]
    link = f"<{request.base}/api/v1/logs?sortOrder=ASCENDING&after={after + len(events)}>"
    return Reply(events, headers={"Link": [f'<{request.base}/api/v1/logs>; rel="self"', f'{link}; rel="next"']})


serve()
