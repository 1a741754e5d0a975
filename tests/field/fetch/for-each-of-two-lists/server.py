from fieldserver import Reply, route, run, serve


@route("POST", "/repos/{repo}/issues")
def issues(request):
    repo, state, after = request.parts["repo"], request.query["state"], request.query.get("after")
    if run == 1 and (repo, state, after) == ("b", "open", "2"):
        return Reply({"error": "gone"}, 400)
    assert request.json == {"year": 2024, "name": f"of {repo}"}
    return {"items": [{"id": f"{repo}-{state}-{after or 1}"}], "next": None if after or repo == "a" else 2}


@route("GET", "/issues/{id}/events")
def events(request):
    return [{"of": request.parts["id"]}]


serve()
