from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    rows = "".join(f"<item><id>{number}</id><n>{number * 4}</n></item>" for number in (1, 2, 3))
    return Reply(f"<items>{rows}</items>", 200, {"Content-Type": "application/xml"})


serve()
