from fieldserver import Reply, route, run, serve


@route("POST", "/auth/o2/token")
def token(request):
    return {"access_token": "Atza|x", "refresh_token": "r", "expires_in": 3600}


@route("GET", "/orders/v0/orders")
def orders(request):
    if request.headers.get("x-amz-access-token") != "Atza|x" or "Authorization" in request.headers:
        return Reply({"errors": [{"code": "Unauthorized"}]}, 403)
    if ("NextToken" in request.query) == ("LastUpdatedAfter" in request.query):
        return Reply({"errors": [{"code": "InvalidInput"}]}, 400)
    after, begin = request.query.get("NextToken", request.query.get("LastUpdatedAfter", "") + "/0").split("/")
    rows = [{"AmazonOrderId": n, "LastUpdateDate": f"2024-01-0{n}T00:00:00Z"} for n in range(1, 4 + run)]
    rows, begin = [row for row in rows if row["LastUpdateDate"] >= after], int(begin)
    if run == 1 and begin == 2:
        return Reply({"errors": [{"code": "QuotaExceeded"}]}, 400)
    page = {"Orders": rows[begin:begin + 2]}
    return {"payload": {**page, "NextToken": f"{after}/{begin + 2}"} if begin + 2 < len(rows) else page}


serve()
