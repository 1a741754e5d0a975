from fieldserver import Reply, route, run, serve


@route("GET", "/blocks")
def blocks(request):
    if run == 1 and request.query["from"] == "9007199254741993":
        return Reply({"error": "gone"}, 400)
    return [{"number": int(request.query["from"])}]


serve()
