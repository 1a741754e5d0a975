from fieldserver import Reply, route, run, serve


@route("POST", "/v2/orders/search")
def search(request):
    if request.json["location_ids"] != ["L1", "L2"]:
        return Reply({"errors": [{"code": "MISSING_REQUIRED_PARAMETER"}]}, 400)
    least = request.json["query"]["filter"]["date_time_filter"]["updated_at"]["start_at"]
    rows = [{"id": n, "updated_at": f"2024-01-0{n}T00:00:00.000Z"} for n in range(1, 3 + run)]
    rows = [row for row in rows if row["updated_at"][:19] >= least[:19]]
    begin = int(request.json.get("cursor", 0))
    page = {"orders": rows[begin:begin + 2]} if rows else {}
    return {**page, "cursor": str(begin + 2)} if begin + 2 < len(rows) else page


serve()
