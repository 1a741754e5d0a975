from base64 import b64encode

from fieldserver import Reply, route, run, serve


@route("GET", "/accounts")
def accounts(request):
    is_right = request.headers.get("Authorization") == "Basic " + b64encode(b"key:").decode()
    if not is_right or "recurly" not in request.headers.get("Accept", ""):
        return Reply({"error": {"type": "unauthorized"}}, 401)
    rows = [{"id": n, "updated_at": f"2024-01-0{n}T00:00:00Z"} for n in range(1, 3 + run)]
    rows = [row for row in rows if row["updated_at"] >= request.query.get("begin_time", "")]
    after = int(request.query.get("cursor", 0))
    has_more = after + 2 < len(rows)
    return {"object": "list", "has_more": has_more, "next": f"{request.target}&cursor={after + 2}" if has_more else None, "data": rows[after:after + 2]}


serve()
