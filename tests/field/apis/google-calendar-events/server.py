from fieldserver import Reply, route, run, serve


@route("GET", "/calendar/v3/calendars/primary/events")
def events(request):
    token = request.query.get("syncToken")
    if run == 3 and token:
        return Reply({"error": {"code": 410, "message": "Sync token is no longer valid"}}, 410)
    rows = [{"id": n} for n in range(int(token or 0), 2 + run)]
    begin = int(request.query.get("pageToken", 0))
    page = {"kind": "calendar#events", "items": rows[begin:begin + 2]}
    if begin + 2 < len(rows):
        return {**page, "nextPageToken": str(begin + 2)}
    return {**page, "nextSyncToken": str(2 + run)}


serve()
