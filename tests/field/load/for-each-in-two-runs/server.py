from fieldserver import route, serve


@route("GET", "/repos/{repo}/issues")
def issues(request):
    days = {"a": ["2024-01-05", "2024-03-05"], "b": ["2024-01-02", "2024-01-03"]}[request.parts["repo"]]
    return [{"id": number, "at": day} for number, day in enumerate(days) if day >= request.query["since"]]


@route("GET", "/repos/{repo}/labels")
def labels(request):
    return [{"name": request.parts["repo"]}]


serve()
