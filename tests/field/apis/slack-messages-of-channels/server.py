from fieldserver import route, run, serve


@route("GET", "/api/conversations.list")
def channels(request):
    return {"ok": True, "channels": [{"id": "C1"}, {"id": "C2"}], "response_metadata": {"next_cursor": ""}}


@route("GET", "/api/conversations.history")
def history(request):
    last = 5 if request.query["channel"] == "C2" and run == 2 else 4
    rows = [{"ts": f"15120859{50 + n}.000216"} for n in range(last, 0, -1)]
    rows = [row for row in rows if float(row["ts"]) >= float(request.query["oldest"])]
    begin = int(request.query.get("cursor") or 0)
    end = begin + int(request.query["limit"])
    following = str(end) if end < len(rows) else ""
    return {"ok": True, "messages": rows[begin:end], "has_more": bool(following), "response_metadata": {"next_cursor": following}}


serve()
