from base64 import b64encode
from datetime import datetime
from urllib.parse import parse_qs

from fieldserver import Reply, route, serve


@route("POST", "/v1/oauth2/token")
def token(request):
    form = parse_qs(request.body.decode())
    if request.headers.get("Authorization") != "Basic " + b64encode(b"a:b").decode() or "client_secret" in form:
        return Reply({"error": "invalid_client", "error_description": "Client Authentication failed"}, 401)
    return {"access_token": "A21AA", "token_type": "Bearer", "expires_in": 32400}


@route("GET", "/v1/reporting/transactions")
def transactions(request):
    if request.headers.get("Authorization") != "Bearer A21AA":
        return Reply({"error": "invalid_token"}, 401)
    begin, end = (datetime.fromisoformat(request.query[key].replace("Z", "+00:00")) for key in ("start_date", "end_date"))
    if (end - begin).days > 31:
        return Reply({"name": "INVALID_REQUEST", "message": "Date range is greater than 31 days"}, 400)
    times = [f"2024-0{month}-1{day}T08:00:00+0000" for month in (1, 2, 3) for day in (1, 2, 3)]
    rows = [{"transaction_info": {"transaction_id": time, "transaction_initiation_date": time}} for time in times if begin.isoformat() <= time < end.isoformat()]
    page = int(request.query["page"])
    pages = (len(rows) + 1) // 2
    return {"transaction_details": rows[page * 2 - 2:page * 2], "page": page, "total_items": len(rows), "total_pages": pages}


serve()
