import time

from fieldserver import route, serve


@route("GET", "/groups")
def groups(request):
    return [{"id": 1}, {"id": 2}, {"id": 3}]


@route("GET", "/groups/{id}/members")
def members(request):
    group = int(request.parts["id"])
    time.sleep((3 - group) * 0.3)
    page = {"entries": [{"n": group}]}
    if group == 3:
        page["people"] = [{"n": 9}]
    return page


serve()
