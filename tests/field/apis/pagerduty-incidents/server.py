from datetime import datetime

from fieldserver import Reply, route, serve


@route("GET", "/incidents")
def incidents(request):
    since, until = (datetime.fromisoformat(request.query[key].replace("Z", "+00:00")) for key in ("since", "until"))
    if (until - since).days > 183:
        return Reply({"error": {"message": "Invalid Input Provided", "code": 2001}}, 400)
    rows = [{"id": n, "created_at": f"2024-{n:02}-15T00:00:00Z"} for n in range(1, 13)]
    rows = [row for row in rows if since.isoformat() <= row["created_at"] < until.isoformat()]
    offset = int(request.query["offset"])
    return {"incidents": rows[offset:offset + 2], "limit": 2, "offset": offset, "more": offset + 2 < len(rows), "total": None}


serve()
