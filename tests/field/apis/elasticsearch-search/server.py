from fieldserver import Reply, route, run, serve


@route("POST", "/idx/_search")
def search(request):
    after = request.json.get("search_after")
    if after and (type(after[0]), type(after[1])) != (int, str):
        return Reply({"error": {"type": "parsing_exception"}}, 400)
    if run == 1 and after == [1, "1"]:
        return Reply({"error": {"type": "index_not_found_exception"}}, 404)
    hits = [{"_id": str(n), "_source": {"n": n}, "sort": [n, str(n)]} for n in range(5)]
    return {"hits": {"total": {"value": 5}, "hits": [hit for hit in hits if not after or hit["sort"] > after][:2]}}


serve()
