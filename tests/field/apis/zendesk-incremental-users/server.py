from datetime import datetime, timezone

from fieldserver import Reply, route, run, serve


@route("GET", "/api/v2/incremental/users.json")
def users(request):
    if not request.query["start_time"].isdigit():
        return Reply({"error": "InvalidValue", "description": "start_time is no number"}, 422)
    times = [1704067200 + n * 3600 for n in range(4 + run)]
    times = [time for time in times if time >= int(request.query["start_time"])]
    shown = times[:2]
    iso = lambda time: datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "users": [{"id": time, "updated_at": iso(time)} for time in shown],
        "next_page": f"{request.base}/api/v2/incremental/users.json?start_time={shown[-1] + 1}",
        "count": len(shown),
        "end_of_stream": len(times) <= 2,
    }


serve()
