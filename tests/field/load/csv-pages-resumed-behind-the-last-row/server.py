from fieldserver import Reply, route, serve


@route("GET", "/rows")
def rows(request):
    after = int(request.query.get("after", 0))
    if after == 4 and request.run == 1:
        return Reply("no", 400)
    if after == 4 and request.run == 2:
        return {"error": "the export has expired"}
    lines = ["id,amount,name"]
    for n in range(after + 1, min(after + 2, 5) + 1):
        lines.append(f"{n},1.5,n{n}" if n % 2 else f"{n},,")
    return Reply("\r\n".join(lines) + "\r\n", 200, {"Content-Type": "text/csv"})


serve()
