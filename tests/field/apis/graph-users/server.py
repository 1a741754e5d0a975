from fieldserver import Reply, route, run, serve


@route("GET", "/v1.0/users/delta")
def users(request):
    link = lambda query: f"{request.base}/v1.0/users/delta?{query}"
    begin = int(request.query.get("$deltatoken") or request.query.get("$skiptoken") or 0)
    if run == 1 and begin == 2:
        return Reply({"error": {"code": "generalException"}}, 400)
    last = 3 + run
    end = min(begin + 2, last)
    following = {"@odata.deltaLink": link(f"$deltatoken={end}")} if end == last else {"@odata.nextLink": link(f"$skiptoken={end}")}
    return {"@odata.context": "x", **following, "value": [{"id": n} for n in range(begin, end)]}


serve()
