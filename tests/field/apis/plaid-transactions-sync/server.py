from fieldserver import Reply, route, run, serve


@route("POST", "/transactions/sync")
def sync(request):
    if (request.json["secret"], request.json["access_token"]) != ("s3", "t"):
        return Reply({"error_code": "INVALID_API_KEYS"}, 400)
    begin, last = int(request.json.get("cursor") or 0), 3 + run
    if run == 1 and begin == 2:
        return Reply({"error_code": "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"}, 400)
    end = min(begin + 2, last)
    added = [{"transaction_id": n} for n in range(begin, end)]
    return {"added": added, "modified": [], "removed": [], "next_cursor": str(end), "has_more": end < last}


serve()
