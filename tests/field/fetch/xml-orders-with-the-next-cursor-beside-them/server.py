from fieldserver import Reply, route, serve

FIRST = """<?xml version="1.0"?>
<orders count="2">
  <order id="1"><line><sku>a</sku></line></order>
  <next>x/1</next>
</orders>"""
LAST = """<?xml version="1.0"?>
<orders count="2">
  <order id="2"><line><sku>b</sku></line><line><sku>c</sku></line><note>d &amp; e</note></order>
  <next/>
</orders>"""


@route("GET", "/orders")
def orders(request):
    return Reply(LAST if "after" in request.query else FIRST, 200, {"Content-Type": "application/xml"})


serve()
