import re
from datetime import datetime, timezone

from fieldserver import Reply, route, run, serve


@route("GET", "/rest/api/3/search/jql")
def search(request):
    bound = re.search(r'updated >= "(\d{4}-\d\d-\d\d \d\d:\d\d)" ORDER', request.query["jql"])
    if not bound:
        return Reply({"errorMessages": [f"Date value in '{request.query['jql']}' is invalid"]}, 400)
    least = datetime.strptime(bound[1], "%Y-%m-%d %H:%M").replace(tzinfo=timezone.utc)
    rows = [f"2024-01-0{n}T10:00:59.500+0100" for n in range(1, 5 + run)]
    rows = [row for row in rows if datetime.fromisoformat(row) >= least]
    begin = int(request.query.get("nextPageToken", 0))
    page = {"issues": [{"id": row[8:10], "fields": {"updated": row}} for row in rows[begin:begin + 2]], "isLast": begin + 2 >= len(rows)}
    return page if page["isLast"] else {**page, "nextPageToken": str(begin + 2)}


serve()
