from fieldserver import Reply, route, serve

ALL = [{"_id": str(n), "_source": {"id": n}, "sort": [n, str(n)]} for n in range(1, 8)]


@route("POST", "/idx/_search")
def search(request):
    asked = request.json
    after = asked.get("search_after", [0, ""])
    if not isinstance(after, list) or not isinstance(after[0], int) or not isinstance(after[1], str):
        return Reply({"error": {"reason": "search_after must be a list of sort values"}}, 400)
    if after == [4, "4"] and request.run == 1:
        return Reply({"error": {"reason": "shard failed"}}, 400)
    hits = [hit for hit in ALL if hit["sort"] > after][:asked["size"]]
    return {"hits": {"total": {"value": 7}, "hits": hits}}


serve()
