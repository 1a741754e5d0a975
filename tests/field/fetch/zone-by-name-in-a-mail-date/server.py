from fieldserver import Reply, route, run, serve


@route("GET", "/items")
def items(request):
    return [
        {"id": 1, "at": "Tue, 02 Jan 2024 08:00:00 EST"},
        {"id": 2, "at": "Tue, 02 Jan 2024 05:00:00 PDT"},
        {"id": 3, "at": "Tue, 02 Jan 2024 12:45:00 GMT"},
    ]


serve()
