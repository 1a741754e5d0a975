import re

from fieldserver import Reply, route, run, serve


@route("POST", "/oauth2/v1/tokens/bearer")
def token(request):
    if not request.headers.get("Authorization", "").startswith("Basic "):
        return Reply({"error": "invalid_client"}, 401)
    return {"access_token": "t", "refresh_token": "r", "expires_in": 3600}


@route("GET", "/v3/company/1/query")
def query(request):
    found = re.fullmatch(r"SELECT \* FROM Invoice WHERE MetaData.LastUpdatedTime >= '(.+)' ORDERBY MetaData.LastUpdatedTime STARTPOSITION (\d+) MAXRESULTS (\d+)", request.query["query"])
    if set(request.query) != {"query"} or not found:
        return Reply({"Fault": {"Error": [{"Message": "QueryParserError"}]}}, 400)
    since, start, most = found[1], int(found[2]), int(found[3])
    if run == 1 and start == 3:
        return Reply({"Fault": {"Error": [{"Message": "ThrottleExceeded"}]}}, 400)
    rows = [{"Id": str(n), "MetaData": {"LastUpdatedTime": f"2024-01-0{n}T08:00:00-08:00"}} for n in range(1, 4 + run)]
    rows = [row for row in rows if row["MetaData"]["LastUpdatedTime"] >= since][start - 1:start - 1 + most]
    return {"QueryResponse": {"Invoice": rows, "startPosition": start, "maxResults": len(rows)} if rows else {}}


serve()
