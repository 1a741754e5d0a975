from fieldserver import Reply, route, serve

BODY = (
    '[{"t": {"z":12345678901234567890123456789,"a":1.10,"e":1e5,"e":2}, '
    '"o": {"t": [1e999,0.1000000000000000055511151231257827]}, "l": [{"b":1.0,"a":2}]}]'
)


@route("GET", "/items")
def items(request):
    return Reply(BODY, 200, {"Content-Type": "application/json"})


serve()
