from fieldserver import route, run, serve


@route("POST", "/crm/v3/objects/contacts/search")
def search(request):
    least = int(request.json["filterGroups"][0]["filters"][0]["value"])
    begin = int(request.json.get("after", 0))
    days = [n for n in range(1, 5 + run) if 1704067200000 + (n - 1) * 86400000 >= least]
    page = {"total": len(days), "results": [{"id": str(n), "updatedAt": f"2024-01-0{n}T00:00:00.000Z"} for n in days[begin:begin + 2]]}
    if begin + 2 < len(days):
        page["paging"] = {"next": {"after": str(begin + 2)}}
    return page


serve()
