from fieldserver import route, serve

MOMENTS = [
    "9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59+01:00", "9999-12-31", "0001-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z", "2016-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00", "1985-04-12t23:20:50.52z",
    "1937-01-01T12:00:27.87+00:20", "9999-12-31T23:59:59-05:00", "2024-01-01T00:00:00-00:00",
    "9999-12-31 23:59:59Z",
]


@route("GET", "/items")
def items(request):
    return [{"id": number, "t": moment} for number, moment in enumerate(MOMENTS)]


serve()
