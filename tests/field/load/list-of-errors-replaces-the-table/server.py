from fieldserver import route, run, serve


@route("GET", "/accounts")
def accounts(request):
    if run == 2:
        return [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
    return [{"id": 1}, {"id": 2}]


@route("GET", "/orders")
def orders(request):
    if run == 2:
        return {"resultCode": "ERROR", "data": []}
    return {"resultCode": "OK", "data": [{"id": 1}, {"id": 2}]}


@route("GET", "/log")
def log(request):
    return [{"message": "the disk is full", "errorCode": "E28", "id": 7}]


serve()
