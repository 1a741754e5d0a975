import io
import zipfile

from fieldserver import Reply, route, serve


@route("GET", "/items")
def items(request):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("items.csv", "id\n1\n")
    return Reply(body.getvalue(), 200, {"Content-Type": "application/zip"})


serve()
