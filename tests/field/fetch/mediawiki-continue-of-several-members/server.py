from fieldserver import Reply, route, serve


@route("GET", "/w/api.php")
def api(request):
    sent = {name: value for name, value in request.query.items() if name not in ("action", "list", "format")}
    start = int(sent.get("apcontinue", sent.get("gapcontinue", 0)))
    if start:
        member = "gapcontinue" if start == 4 else "apcontinue"
        if sent != {member: str(start), "continue": "-||"}:
            return Reply({"fault": "the parameters do not fit: %s" % sent}, 400)
    if start == 4 and request.run == 1:
        return Reply({"fault": "later"}, 400)
    body = {"query": {"allpages": [{"id": n + 1} for n in range(start, min(start + 2, 7))]}}
    if start + 2 < 7:
        body["continue"] = {"gapcontinue" if start == 2 else "apcontinue": start + 2, "continue": "-||"}
    return body


serve()
