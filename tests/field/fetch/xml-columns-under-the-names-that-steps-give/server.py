from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    first = '<item id="1"><Line>4</Line><Paid>yes</Paid><Note/></item>'
    second = '<item id="2"><Line>5</Line><Line>6</Line><Paid/><Note>late</Note></item>'
    return Reply(f"<items>{first}{second}</items>", 200, {"Content-Type": "application/xml"})


serve()
