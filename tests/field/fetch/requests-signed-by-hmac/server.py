import hashlib
import hmac
import time
from base64 import b64encode

from fieldserver import Reply, route, serve


@route("GET", "/orders")
def orders(request):
    stamp = request.headers.get("X-Time", "0")
    text = stamp + request.method + request.target + request.body.decode()
    expected = b64encode(hmac.new(b"secret-4f9a", text.encode(), hashlib.sha256).digest())
    if (
        request.headers.get("X-Sign", "").encode() != expected
        or request.headers.get("X-Key") != "key-of-4f9a"
        or abs(int(stamp) / 1000 - time.time()) > 60
    ):
        return Reply({"error": "signature mismatch"}, 401)
    offset = int(request.query["offset"])
    return [{"id": offset + 1}] if offset < 2 else []


serve()
