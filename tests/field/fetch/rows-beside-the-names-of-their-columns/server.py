from fieldserver import route, serve


@route("GET", "/report")
def report(request):
    if "after" in request.query:
        names, rows, following = ["name", "id"], [["c", 3]], None
    else:
        names, rows, following = ["id", "name"], [[1, "a"], [2]], "x"
    columns = [{"name": name, "type": "text"} for name in names]
    return {"result": {"name": "r", "columns": columns, "rows": rows}, "next": following}


serve()
