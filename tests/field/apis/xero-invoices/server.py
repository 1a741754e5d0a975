from base64 import b64encode
from datetime import datetime, timezone
from urllib.parse import parse_qs

from fieldserver import Reply, route, run, serve


@route("POST", "/connect/token")
def token(request):
    is_right = request.headers.get("Authorization") == "Basic " + b64encode(b"a:b").decode()
    if not is_right or parse_qs(request.body.decode())["refresh_token"] != [f"r{run}"]:
        return Reply({"error": "invalid_grant"}, 400)
    return {"access_token": "t", "refresh_token": f"r{run + 1}", "expires_in": 1800}


@route("GET", "/api.xro/2.0/Invoices")
def invoices(request):
    least = datetime.strptime(request.headers["If-Modified-Since"], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc).timestamp()
    times = [1704067200 + n * 86400 for n in range(4 + run)]
    rows = [{"InvoiceID": n, "UpdatedDateUTC": f"/Date({time * 1000}+0000)/"} for n, time in enumerate(times) if time >= least]
    page = int(request.query["page"])
    return {"Invoices": rows[page * 2 - 2:page * 2]}


serve()
