from fieldserver import route, serve


@route("GET", "/v0/app1/Tasks")
def tasks(request):
    begin = int(request.query.get("offset", "itr0")[3:])
    page = {"records": [{"id": n} for n in range(begin, min(begin + 2, 5))]}
    return {**page, "offset": f"itr{begin + 2}"} if begin + 2 < 5 else page


serve()
