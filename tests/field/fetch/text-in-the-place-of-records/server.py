from fieldserver import route, serve


@route("GET", "/transfers")
def transfers(request):
    return {"status": "0", "message": "NOTOK", "result": "Max rate limit reached"}


@route("GET", "/balance")
def balance(request):
    return {"status": "1", "message": "OK", "result": "1234"}


serve()
