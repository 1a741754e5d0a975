import re

from fieldserver import route, run, serve


@route("GET", "/api/profiles")
def profiles(request):
    bound = re.fullmatch(r"greater-or-equal\(updated,(.+)\)", request.query["filter"])[1]
    rows = [{"id": n, "attributes": {"updated": f"2024-01-0{n}T00:00:00+00:00"}} for n in range(1, 5 + run)]
    rows = [row for row in rows if row["attributes"]["updated"] >= bound]
    begin = int(request.query.get("page[cursor]", 0))
    link = f"{request.base}/api/profiles?filter={request.query['filter']}&page[cursor]={begin + 2}"
    return {"data": rows[begin:begin + 2], "links": {"next": link if begin + 2 < len(rows) else None}}


serve()
