import re

from fieldserver import Reply, route, run, serve


@route("GET", "/api/v1/users")
def users(request):
    bound = re.fullmatch(r'lastUpdated ge "([^"]+)"', request.query["search"])[1]
    rows = [{"id": n, "lastUpdated": f"2024-01-0{n}T00:00:00.000Z"} for n in range(1, 3 + run)]
    rows = [row for row in rows if row["lastUpdated"] >= bound]
    after = int(request.query.get("after", 0))
    links = [f'<{request.base}/self>; rel="self"']
    if after + 2 < len(rows):
        links.append(f"<{request.base}{request.target}&after={after + 2}>; rel=\"next\"")
    return Reply(rows[after:after + 2], headers={"Link": links})


serve()
