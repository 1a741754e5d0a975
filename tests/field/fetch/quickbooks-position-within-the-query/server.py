import re

from fieldserver import Reply, route, serve


@route("GET", "/v3/company/1/query")
def query(request):
    if set(request.query) != {"query"}:
        return Reply({"Fault": {"Error": [{"Message": "unsupported parameter"}]}}, 400)
    start, most = map(int, re.search(r"STARTPOSITION (\d+) MAXRESULTS (\d+)", request.query["query"]).groups())
    if start == 5 and request.run == 1:
        return Reply({"Fault": {"Error": [{"Message": "database is locked"}]}}, 400)
    rows = [{"Id": n} for n in range(start, min(start + most, 8))]
    return {"QueryResponse": {"Invoice": rows, "startPosition": start, "maxResults": len(rows)} if rows else {}}


serve()
