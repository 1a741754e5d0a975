from fieldserver import route, serve


@route("GET", "/rates")
def rates(request):
    return {"base": "CHF", "rates": {"2024-01-02": {"USD": 1.1, "EUR": 0.9}, "2024-01-03": {"USD": 1.2}}}


serve()
