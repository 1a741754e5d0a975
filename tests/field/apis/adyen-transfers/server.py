from datetime import datetime, timezone

from fieldserver import Reply, route, run, serve


@route("GET", "/btl/v4/transfers")
def transfers(request):
    begin, end = (datetime.fromisoformat(request.query[key].replace("Z", "+00:00")) for key in ("createdSince", "createdUntil"))
    if abs((datetime.now(timezone.utc) - end).total_seconds()) > 60:
        return Reply({"errorCode": "30_001"}, 422)
    rows = [{"id": n, "creationDate": f"2024-01-0{n}T02:00:00+01:00"} for n in range(1, 3 + run)]
    rows = [row for row in rows if datetime.fromisoformat(row["creationDate"]) >= begin]
    after = int(request.query.get("cursor", 0))
    links = {"next": {"href": f"{request.base}{request.target}&cursor={after + 2}"}} if after + 2 < len(rows) else {}
    return {"data": rows[after:after + 2], "_links": links}


serve()
