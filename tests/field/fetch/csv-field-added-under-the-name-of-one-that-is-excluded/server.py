from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    return Reply("Id,Amount,Paid,Note\n1,12.5,yes,\n2,,no,late\n", 200, {"Content-Type": "text/csv"})


serve()
