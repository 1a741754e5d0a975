import gzip

from fieldserver import Reply, route, serve

PAGES = {
    "1": '1;"a;b";1.50;TRUE;\r\n2;"c\nd";;f;x\r\n',
    "2": "3;;2;;007",
    "3": "",
}


@route("GET", "/export")
def export(request):
    page = request.query["page"]
    if page == "2" and request.run == 1:
        return Reply("no", 400)
    body = "id;name;price;open;note\r\n" + PAGES[page]
    return Reply(gzip.compress(body.encode()), 200, {"Content-Type": "application/octet-stream"})


serve()
