from fieldserver import Reply, route, run, serve


@route("GET", "/users")
def users(request):
    return [{"id": number} for number in range(1, 6)]


@route("GET", "/details")
def details(request):
    ids, after = request.query["ids"], request.query.get("after")
    if run == 1 and ids == "3,4" and after:
        return Reply({"error": "gone"}, 400)
    wanted = ids.split(",")
    shown = wanted[1:] if after else wanted[:1]
    return {"items": [{"id": int(one)} for one in shown], "next": None if after or len(wanted) == 1 else 1}


@route("POST", "/search/{ids}")
def search(request):
    assert request.parts["ids"] == "|".join(str(one) for one in request.json["ids"])
    return [{"found": one} for one in request.json["ids"]]


serve()
