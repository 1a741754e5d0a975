from fieldserver import route, serve


@route("GET", "/mails")
def mails(request):
    return {"resultSizeEstimate": 0}


@route("GET", "/payments")
def payments(request):
    links = {"self": {"href": "https://a.example/payments"}}
    return {"_links": links, "page": {"size": 20, "totalElements": 0, "totalPages": 0, "number": 0}}


@route("GET", "/patients")
def patients(request):
    link = [{"relation": "self", "url": "https://a.example/Patient"}]
    return {"resourceType": "Bundle", "id": "f2a7", "type": "searchset", "total": 0, "link": link}


@route("GET", "/answers")
def answers(request):
    return {"has_more": False, "quota_max": 10000, "quota_remaining": 9871}


@route("GET", "/order")
def order(request):
    return {"id": "o1", "total": 0, "has_more": False}


serve()
