import re

from fieldserver import Reply, route, serve


@route("POST", "/graphql")
def graphql(request):
    first, after = re.search(r'issues\(first: (\d+), after: "(\w*)"\) \{ nodes', request.json["query"]).groups()
    start = int(after or 0)
    if start == 4 and request.run == 1:
        return Reply({"errors": [{"message": "later"}]}, 400)
    end = min(start + int(first), 7)
    page = {"endCursor": str(end), "hasNextPage": end < 7}
    return {"data": {"issues": {"nodes": [{"id": n + 1} for n in range(start, end)], "pageInfo": page}}}


serve()
