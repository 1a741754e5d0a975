from fieldserver import Reply, route, run, serve


@route("POST", "/contacts/search")
def search(request):
    least = request.json["query"]["value"]
    if not isinstance(least, int):
        return Reply({"type": "error.list", "errors": [{"code": "parameter_invalid"}]}, 400)
    begin = int(request.json["pagination"].get("starting_after", 0))
    rows = [{"id": n, "updated_at": 1704067200 + n} for n in range(4 + run) if 1704067200 + n > least]
    pages = {"type": "pages", "page": begin // 2 + 1}
    if begin + 2 < len(rows):
        pages["next"] = {"starting_after": str(begin + 2)}
    return {"type": "list", "data": rows[begin:begin + 2], "pages": pages}


serve()
