import json
from base64 import b64encode

from fieldserver import Reply, route, run, serve


@route("GET", "/api/v2/customers")
def customers(request):
    if request.headers.get("Authorization") != "Basic " + b64encode(b"key:").decode():
        return Reply({"message": "Sorry, authentication failed"}, 401)
    least = int(request.query["updated_at[after]"])
    rows = [{"customer": {"id": n, "updated_at": 1704067200 + n}, "card": {}} for n in range(4 + run)]
    rows = [row for row in rows if row["customer"]["updated_at"] > least]
    begin = json.loads(request.query.get("offset", "[0]"))[0]
    page = {"list": rows[begin:begin + 2]}
    return {**page, "next_offset": json.dumps([begin + 2])} if begin + 2 < len(rows) else page


serve()
