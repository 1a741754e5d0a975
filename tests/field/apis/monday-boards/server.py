import re

from fieldserver import route, serve


@route("POST", "/v2")
def api(request):
    query = request.json["query"]
    if "boards" in query:
        page = request.json["variables"]["page"]
        return {"data": {"boards": [{"id": n} for n in range((page - 1) * 2, min(page * 2, 3))]}}
    limit, page = map(int, re.search(r"users\(limit: (\d+), page: (\d+)\) { id }", query).groups())
    return {"data": {"users": [{"id": n} for n in range((page - 1) * limit, min(page * limit, 3))]}}


serve()
