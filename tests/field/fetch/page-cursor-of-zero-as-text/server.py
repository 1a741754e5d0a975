from fieldserver import route, serve


@route("GET", "/keys")
def keys(request):
    start = {"": 0, "0": 0, "17": 2, "5": 4}[request.query.get("cursor", "")]
    cursor = {0: "17", 2: "5", 4: "0"}[start]
    return {"keys": [{"key": f"k{n}"} for n in range(start, start + 2)], "cursor": cursor}


serve()
