import gzip
import io
import zipfile

from fieldserver import Reply, route, serve


@route("GET", "/export")
def export(request):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("100/", b"")
        archive.writestr("100/a.json.gz", gzip.compress(b'{"id": 1}\n\n{"id": 2}\n'))
        archive.writestr("__MACOSX/100/._a.json.gz", b"\0\1\2")
        archive.writestr("100/b.json.gz", gzip.compress(b'{"id": 3}'))
    return Reply(out.getvalue(), 200, {"Content-Type": "application/zip"})


serve()
