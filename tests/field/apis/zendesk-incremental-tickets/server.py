from fieldserver import Reply, route, run, serve


@route("GET", "/api/v2/incremental/tickets/cursor.json")
def tickets(request):
    if ("cursor" in request.query) == ("start_time" in request.query):
        return Reply({"error": "one of `cursor` and `start_time`"}, 422)
    begin, last = int(request.query.get("cursor", 0)), 4 + run
    if run == 1 and begin == 2:
        return Reply({"error": "gone"}, 400)
    end = min(begin + 2, last)
    rows = [{"id": n, "generated_timestamp": 1704067200 + n} for n in range(begin, end)]
    return {"tickets": rows, "after_cursor": str(end), "after_url": "https://example.zendesk.com/", "end_of_stream": end == last}


serve()
