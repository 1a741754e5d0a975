import re

from fieldserver import Reply, route, run, serve

rows = [{"Id": n, "SystemModstamp": f"2024-01-0{n}T00:00:00.000+0000"} for n in range(1, 3 + run)]


@route("GET", "/services/data/v59.0/query")
def query(request):
    bound = re.search(r">= (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ORDER", request.query["q"])
    if not bound:
        return Reply([{"errorCode": "MALFORMED_QUERY"}], 400)
    found = [row for row in rows if row["SystemModstamp"] >= bound[1][:-1]]
    page = {"totalSize": len(found), "done": len(found) <= 2, "records": found[:2]}
    return page if page["done"] else {**page, "nextRecordsUrl": "/services/data/v59.0/query/01g-2"}


@route("GET", "/services/data/v59.0/query/01g-2")
def rest(request):
    return {"totalSize": len(rows), "done": True, "records": rows[2:]}


serve()
