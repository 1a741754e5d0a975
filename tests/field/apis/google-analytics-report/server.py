import re

from fieldserver import Reply, route, run, serve


@route("POST", "/token")
def token(request):
    return {"access_token": "t", "expires_in": 3600}


@route("POST", "/v1beta/properties/1:runReport")
def report(request):
    if request.headers.get("Authorization") != "Bearer t":
        return Reply({"error": {"code": 401}}, 401)
    [range_] = request.json["dateRanges"]
    if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in range_.values()):
        return Reply({"error": {"code": 400, "message": f"Invalid startDate : {range_}"}}, 400)
    days = [f"2024-01-0{n}" for n in range(1, 5 + run)]
    days = [day.replace("-", "") for day in days if range_["startDate"] <= day <= range_["endDate"]]
    begin = int(request.json["offset"])
    rows = [
        {"dimensionValues": [{"value": day}], "metricValues": [{"value": day[-1]}]}
        for day in days[begin:begin + int(request.json["limit"])]
    ]
    headers = {"dimensionHeaders": [{"name": "date"}], "metricHeaders": [{"name": "sessions", "type": "TYPE_INTEGER"}]}
    return {**headers, "rows": rows, "rowCount": len(days), "kind": "analyticsData#runReport"}


serve()
