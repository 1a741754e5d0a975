from fieldserver import Reply, route, serve


@route("POST", "/login")
def login(request):
    return {"token": f"session-{request.count}"}


@route("GET", "/projects/{project}/issues")
def issues(request):
    project, is_first = request.parts["project"], request.headers["Authorization"] == "Bearer session-1"
    if project == "hidden" or is_first and project != "a":
        return Reply({"error": "forbidden"}, 403)
    return [{"id": 1}]


serve()
