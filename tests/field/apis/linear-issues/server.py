from fieldserver import Reply, route, run, serve


@route("POST", "/graphql")
def graphql(request):
    query, variables = request.json["query"], request.json["variables"]
    if "{{" in query or "$after: String" not in query:
        return Reply({"errors": [{"message": "Syntax Error"}]}, 400)
    rows = [{"id": n, "updatedAt": f"2024-01-0{n}T00:00:00.000Z"} for n in range(1, 5 + run)]
    rows = [row for row in rows if row["updatedAt"] >= variables["since"]]
    begin = int(variables.get("after") or 0)
    pages = {"hasNextPage": begin + 2 < len(rows), "endCursor": str(begin + 2)}
    return {"data": {"issues": {"nodes": rows[begin:begin + 2], "pageInfo": pages}}}


serve()
