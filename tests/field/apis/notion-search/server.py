from fieldserver import Reply, route, run, serve


@route("POST", "/v1/search")
def search(request):
    if "Notion-Version" not in request.headers or request.json.get("start_cursor", "") is None:
        return Reply({"object": "error"}, 400)
    begin = int(request.json.get("start_cursor", 0))
    rows = [{"id": n, "last_edited_time": f"2024-01-0{n}T00:00:00Z"} for n in range(4 + run, 0, -1)]
    is_last = begin + 2 >= len(rows)
    return {"results": rows[begin:begin + 2], "has_more": not is_last, "next_cursor": None if is_last else str(begin + 2)}


serve()
