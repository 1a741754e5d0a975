from fieldserver import Reply, route, run, serve


@route("GET", "/rates/{base}")
def rates(request):
    if run == 1 and (request.parts["base"], request.query["from"]) == ("USD", "2024-01-04"):
        return Reply({"error": "gone"}, 400)
    return [{"base": request.parts["base"], "day": request.query["from"]}]


serve()
