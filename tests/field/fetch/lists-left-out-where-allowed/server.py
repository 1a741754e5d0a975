from fieldserver import route, serve


@route("GET", "/experiments")
def experiments(request):
    if request.query.get("pageToken"):
        return {}
    return {"experiments": [{"id": 1}, {"id": 2}, {"id": 3}], "nextPageToken": "t"}


@route("GET", "/experiments/{id}/runs")
def runs(request):
    if request.parts["id"] != "2":
        return {"runs": [{"run": int(request.parts["id"])}]}
    return {} if request.run == 1 else {"error": {"code": 13, "message": "backend"}}


serve()
